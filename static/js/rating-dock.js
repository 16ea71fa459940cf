// The bar at the bottom repeats how saving stands, for a card may be long. What is not
// saved comes first, with its name and the way there.

const dockState = document.querySelector(".progress-dock__state");
const cardStates = new MutationObserver((changes) => repeatState(changes.at(-1).target));
for (const state of document.querySelectorAll('[data-behaviour~="rating"] [role="status"]')) {
  cardStates.observe(state, { childList: true });
}

function repeatState(latest) {
  const wrong = document.querySelector('[role="status"] :is(.save-state--failed, .save-conflict)');
  const said = latest.querySelector(".save-state");
  if (wrong) dockState.replaceChildren(wayTo(wrong.closest("[data-part]")));
  else dockState.replaceChildren(...(said ? [said.cloneNode(true)] : []));
}

function wayTo(item) {
  const link = document.createElement("a");
  link.className = "progress-dock__problem";
  link.href = `#${item.id}`;
  const skill = item.querySelector("legend").textContent.trim();
  link.textContent = dockState.dataset.saidProblem.replace("{skill}", skill);
  return link;
}
