// A level and "not relevant" exclude each other. What gives way is kept in the page and
// comes back with its side. This runs before the card is sent.

const gaveWay = new WeakMap(); // card -> {level, reason}

document.addEventListener("change", (event) => {
  const card = event.target.closest('[data-behaviour~="rating"]');
  const leftOut = card?.querySelector('[name$="-not_applicable"]');
  if (!leftOut) return;
  const byTick = event.target === leftOut;
  if (!byTick && !(leftOut.checked && event.target.matches(".level-choice__input"))) return;
  const reason = card.querySelector('[name$="-reason"]');
  const level = card.querySelector(".level-choice__input:checked");
  const before = gaveWay.get(card) ?? {};
  if (byTick && leftOut.checked) {
    gaveWay.set(card, { level });
    if (level) level.checked = false;
    reason.value ||= before.reason ?? "";
  } else {
    gaveWay.set(card, { reason: reason.value });
    leftOut.checked = false;
    reason.value = "";
    if (!level && before.level) before.level.checked = true;
  }
}, { capture: true });
