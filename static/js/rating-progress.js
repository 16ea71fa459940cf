// Keeps "12 of 20", the line below it and the list of steps true: they count what the
// server has acknowledged, on this page as on the others.

document.addEventListener("htmx:afterRequest", (event) => {
  const item = event.target.closest("[data-part]");
  if (!item || ![200, 207].includes(event.detail.xhr.status)) return;
  const answered = item.querySelector('.level-choice__input:checked, [name$="-not_applicable"]:checked') !== null;
  const change = Number(answered) - Number("answered" in item.dataset);
  if (!change) return;
  item.toggleAttribute("data-answered", answered);
  countInBar(item.dataset.part, change);
  countInSteps(item, answered, change);
});

function countInBar(part, change) {
  const figure = document.querySelector(".progress-dock__figure");
  const before = Number(figure.textContent);
  figure.textContent = before + change;
  const said = (answered) => figure.closest("[data-said-title]").dataset.saidTitle.replace("{answered}", answered);
  document.title = document.title.replace(said(before), said(before + change));
  const done = document.querySelector(`.progress-dock__done[data-group="${part}"]`);
  done.setAttribute("width", Number(done.getAttribute("width")) + change);
}

function countInSteps(item, answered, change) {
  const step = document.querySelector(`.steps__item[data-group="${item.dataset.part}"]`);
  const figure = step.querySelector(".steps__figure");
  figure.textContent = Number(figure.textContent) + change;
  step.classList.toggle("is-done", figure.textContent === step.dataset.total);
  step.querySelector(`[href="#${item.id}"]`)?.classList.toggle("is-answered", answered);
}
