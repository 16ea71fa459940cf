// Stores each rating card as it changes, and says so beside it. Without this script the
// button "Save and continue" does the same. What is typed is kept in the page alone.

const FIRST_RETRY = 2000;
const LONGEST_RETRY = 15000;
const ANSWERED = [207, 409, 410, 422]; // the server says in words what is the matter
const form = document.querySelector("main form"); // its data-said-… are the sentences
const notHeld = document.querySelector('[data-behaviour="not-held"]'); // on a guest's page
const retries = new Map(); // card -> the timer of its next try
const edits = new Map(); // card -> how often it was changed since it was acknowledged

const cardOf = (node) => node.closest('[data-behaviour~="rating"]');
const again = (card) => htmx.trigger(card, "again");

function say(card, text, state) {
  const place = card.querySelector('[role="status"]');
  if (place.textContent.trim() === text) return; // said once is enough
  const line = document.createElement("p");
  line.className = `save-state save-state--${state}`;
  line.textContent = text;
  place.replaceChildren(line);
}

// "Not relevant" is an answer once it has a reason.
function lacksReason(card) {
  const leftOut = card.querySelector('[name$="-not_applicable"]');
  return leftOut?.checked && !card.querySelector('[name$="-reason"]').value.trim();
}

function touch(card) {
  edits.set(card, (edits.get(card) || 0) + 1);
}

function stopRetrying(card) {
  clearTimeout(retries.get(card));
  retries.delete(card);
  delete card.dataset.wait;
}

// What was typed while the answer was under way is not saved yet.
function settle(card) {
  stopRetrying(card);
  if (edits.get(card) === Number(card.dataset.sent)) edits.delete(card);
}

// The cookie of a guest is gone: only a new assessment can take what is on the page.
function sayNotHeld(card) {
  const place = card.querySelector('[role="status"]');
  if (place.querySelector('[data-behaviour="begin-anew"]')) return;
  place.replaceChildren(notHeld.content.cloneNode(true));
}

function tryAgain(card, text) {
  const wait = Number(card.dataset.wait || FIRST_RETRY);
  card.dataset.wait = Math.min(wait * 2, LONGEST_RETRY);
  if (text) say(card, text, "failed");
  clearTimeout(retries.get(card));
  retries.set(card, setTimeout(again, wait, card));
}

// Signing in or out elsewhere gives the session another token: fetch the new one. Where the
// page itself is gone, so may be every cookie: the page to start from gives new ones. Two
// fetches at once would get two cookies: cards that fail together share one.
let renewal = null;

function renewToken(card) {
  renewal ??= fetchToken().catch(() => {}).finally(() => {
    renewal = null;
  });
  renewal.then((isGone) => isGone && sayNotHeld(card));
}

async function fetchToken() {
  let answer = await fetch(location.href);
  const isGone = answer.status === 404 && notHeld;
  if (isGone) answer = await fetch(notHeld.dataset.start);
  if (!answer.ok || answer.redirected) return isGone;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = 'main input[name="csrfmiddlewaretoken"]';
  const fresh = page.querySelector(token);
  if (fresh) document.querySelector(token).value = fresh.value;
  return isGone;
}

document.addEventListener("input", (event) => {
  const card = cardOf(event.target);
  if (card) touch(card);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const card = cardOf(event.target);
  if (!edits.has(card)) touch(card);
  if (card.querySelector('[data-behaviour="keep-mine"]')) { // the person chooses first
    event.preventDefault();
    return;
  }
  if (lacksReason(card)) {
    event.preventDefault();
    stopRetrying(card);
    say(card, form.dataset.saidReason, "waiting");
    return;
  }
  card.dataset.sent = edits.get(card);
  if (!card.dataset.wait) say(card, form.dataset.saidSaving, "saving");
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (ANSWERED.includes(event.detail.xhr.status)) event.detail.shouldSwap = true;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const card = cardOf(event.target);
  const { status } = event.detail.xhr;
  if (status === 200) {
    settle(card);
  } else if (status === 404 && notHeld) {
    tryAgain(card);
    sayNotHeld(card);
  } else if (status === 403 || status === 404) {
    tryAgain(card, form.dataset.saidElsewhere);
    renewToken(card);
  } else if (ANSWERED.includes(status)) {
    stopRetrying(card);
    if (status === 410) edits.delete(card);
  } else {
    tryAgain(card, form.dataset.saidAgain);
  }
});

document.addEventListener("click", (event) => {
  const mine = event.target.closest('[data-behaviour="keep-mine"]');
  if (mine) {
    document.getElementsByName(mine.dataset.field)[0].value = mine.dataset.revision;
    const card = cardOf(mine);
    card.querySelector('.level-choice__input:checked, [name$="-not_applicable"]:checked')?.focus(); // the button goes
    say(card, form.dataset.saidSaving, "saving");
    again(card);
  }
  const theirs = event.target.closest('[data-behaviour="take-theirs"]');
  if (theirs) {
    event.preventDefault();
    edits.delete(cardOf(theirs));
    // Load the page anew at its skill: a reload would go back to where it was scrolled to
    // before the cards above fold, and would send again what this page may be the answer to.
    history.replaceState(null, "", "?"); // another address, or only the place would change
    location.replace(form.getAttribute("action") + theirs.hash);
  }
});

// What was chosen or typed before this file came is a change like any other.
document.addEventListener("DOMContentLoaded", () => {
  for (const card of form.querySelectorAll('[data-behaviour~="rating"]')) {
    if ([...card.querySelectorAll("input, textarea")].some(isChanged)) again(card);
  }
});

function isChanged({ type, checked, defaultChecked, value, defaultValue }) {
  return ["radio", "checkbox"].includes(type) ? checked !== defaultChecked : value !== defaultValue;
}

// What came back with an error is not stored.
for (const wrong of form.querySelectorAll('[aria-invalid="true"]')) touch(cardOf(wrong));

let isSent = false;
window.addEventListener("pageshow", () => {
  isSent = false;
});

// Leaving for an error page would lose what waits: send that first.
form.addEventListener("submit", (event) => {
  if (renewal) { // the form goes with the token that is on its way
    event.preventDefault();
    renewal.then(() => event.target.requestSubmit(event.submitter));
    return;
  }
  if (!retries.size || event.submitter?.matches('[data-behaviour="begin-anew"]')) {
    isSent = true; // what is under way may still answer: the form says it all
    return;
  }
  event.preventDefault();
  const [first] = retries.keys();
  first.closest("details")?.setAttribute("open", "");
  first.scrollIntoView({ block: "center" });
  [...retries.keys()].forEach(again);
});
for (const moment of ["focus", "online"]) {
  window.addEventListener(moment, () => [...retries.keys()].forEach(again));
}
window.addEventListener("beforeunload", (event) => {
  if (edits.size && !isSent) event.preventDefault();
});
