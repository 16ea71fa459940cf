// Keeps "12 of 20", the line below it and the list of steps true: they count what the
// server has acknowledged, on this page as on the others.

document.addEventListener("htmx:afterRequest", (event) => {
  const item = event.target.closest("[data-part]");
  if (!item || event.detail.xhr.status !== 200) return;
  const answered = item.querySelector('.level-choice__input:checked, [type="checkbox"]:checked') !== null;
  const change = Number(answered) - Number("answered" in item.dataset);
  if (!change) return;
  item.toggleAttribute("data-answered", answered);
  countInBar(item.dataset.part, change);
  countInSteps(item, answered, change);
});

function countInBar(part, change) {
  const figure = document.querySelector(".progress-dock__figure");
  const all = Number(figure.textContent) + change;
  figure.textContent = all;
  document.title = document.title.replace(/\d+(?= of)/, all);
  const line = document.querySelector(".progress-dock__line");
  const done = line.querySelectorAll(".progress-dock__done")[part];
  const length = parseFloat(done.getAttribute("width")) + change * Number(line.dataset.step);
  done.setAttribute("width", `${length}%`);
}

function countInSteps(item, answered, change) {
  const step = document.querySelectorAll(".steps__item")[item.dataset.part];
  const count = step.querySelector(".steps__count");
  const [before, all] = count.textContent.match(/\d+/g).map(Number);
  count.textContent = `${before + change} of ${all}`;
  step.classList.toggle("is-done", before + change === all);
  step.querySelector(`[href="#${item.id}"]`)?.classList.toggle("is-answered", answered);
}
