// Sets what is wrong with a card beside the field that it is about, where there is one. The
// card's state keeps the words for those who hear the page.

document.addEventListener("htmx:afterSwap", (event) => {
  // Not what comes along with the state, such as the revision.
  const card = event.target.closest('[role="status"]')?.closest('[data-behaviour~="rating"]');
  if (!card) return;
  forgetErrors(card);
  for (const error of card.querySelectorAll('[role="status"] .invalid-feedback')) {
    const field = document.getElementById(error.id.replace(/_error$/, ""));
    if (field) setBeside(field, error);
  }
});

function setBeside(field, error) {
  const beside = error.cloneNode(true);
  error.removeAttribute("id");
  error.className = "visually-hidden";
  (field.closest("label") ?? field).after(beside);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${beside.id}`.trim());
  if (field.matches(".form-control")) field.classList.add("is-invalid");
  field.closest("details").open = true;
}

function forgetErrors(card) {
  for (const error of card.querySelectorAll(".invalid-feedback")) {
    if (!error.closest('[role="status"]')) error.remove();
  }
  for (const marked of [card, ...card.querySelectorAll(".is-invalid, [aria-invalid]")]) {
    marked.classList.remove("is-invalid");
    marked.removeAttribute("aria-invalid");
    const about = marked.getAttribute("aria-describedby")?.split(" ").filter((id) => !id.endsWith("_error"));
    if (about) marked.setAttribute("aria-describedby", about.join(" "));
  }
}
