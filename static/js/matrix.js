// The matrix of levels and skills by keys: arrows move from cell to cell, a digit takes the
// place of what is there, M switches the must-have. Without this, it is a form like any other.

const form = document.querySelector('[data-behaviour="matrix"]');
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

document.querySelector(".matrix__keys").hidden = false;

const frame = form.querySelector(".matrix-frame");
new ResizeObserver(() => {
  const isWhole = frame.scrollWidth <= frame.clientWidth;
  document.querySelector(".matrix__scrolls").hidden = isWhole;
}).observe(frame);

const rows = [...form.querySelectorAll("tbody tr")]
  .map((row) => [...row.querySelectorAll("td")])
  .filter((cells) => cells.length > 0);
const places = new Map(rows.flatMap((cells, y) => cells.map((cell, x) => [cell, [y, x]])));

form.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in MOVES) {
    move(event, cell, MOVES[event.key]);
  } else if (event.key.toLowerCase() === "m") {
    event.preventDefault();
    cell.querySelector('[type="checkbox"]:enabled')?.click();
  }
});

function move(event, cell, [down, right]) {
  const [y, x] = places.get(cell);
  const kind = [...cell.querySelectorAll("input")].indexOf(event.target);
  const next = rows[y + down]?.[x + right]?.querySelectorAll("input")[kind];
  event.preventDefault();
  next?.focus();
}

form.addEventListener("focusin", (event) => selectNumber(event.target));
selectNumber(document.activeElement); // whoever was quicker than this file

function selectNumber(element) {
  if (element.matches('.matrix [inputmode="numeric"]')) element.select();
}

// What is not saved yet is marked, and a page that holds some is not left by mistake.
form.addEventListener("input", (event) => {
  const cell = event.target.closest("td");
  if (!cell) return;
  const isTyped = [...cell.querySelectorAll("input")].some((input) =>
    input.type === "checkbox" ? input.checked !== input.defaultChecked : input.value !== input.defaultValue,
  );
  cell.classList.toggle("is-typed", isTyped);
});

let isSent = false;
form.addEventListener("submit", () => {
  isSent = true;
});
window.addEventListener("beforeunload", (event) => {
  if (!isSent && form.querySelector(".is-typed")) event.preventDefault();
});
