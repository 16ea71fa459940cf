// Digits 0 to 5 answer the skill that has the focus. Arrow keys are the browser's own.

const TYPED_INTO = 'textarea, input:not([type="radio"], [type="checkbox"])';

document.addEventListener("keydown", (event) => {
  if (event.target.matches(TYPED_INTO)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const card = event.target.closest('[data-behaviour~="rating"]');
  const choice = card?.querySelector(`.level-choice__input[value="${CSS.escape(event.key)}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.focus();
  choice.click();
});
