// Copies a field by a button. Without this script, the field is copied by hand.

for (const part of document.querySelectorAll('[data-behaviour~="copy-field"]')) {
  const field = part.querySelector("input");
  const button = part.querySelector("button");
  const status = part.querySelector('[role="status"]');

  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = part.dataset.saidCopied;
    } catch {
      field.select();
      status.textContent = part.dataset.saidFailed;
    }
  });
  button.hidden = false;
}
