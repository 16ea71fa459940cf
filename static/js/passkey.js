// Makes or uses a passkey: asks the browser for it, and sends what it says with the form.

const form = document.querySelector('[data-behaviour="passkey"]');
const asked = JSON.parse(document.getElementById("passkey-options").textContent);
const failed = document.querySelector("[data-passkey-failed]");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  failed.hidden = true;
  try {
    const credential = asked.creation_options
      ? await window.webauthnJSON.create(asked.creation_options)
      : await window.webauthnJSON.get(asked.request_options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    failed.hidden = false;
  }
});

form.querySelector("[disabled]").disabled = false; // without this file it would send nothing
