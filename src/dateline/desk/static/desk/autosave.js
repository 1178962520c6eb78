/*
 * A form that is sent while it is being saved by itself waits for that to end. Otherwise a new page would be made twice:
 * once as the draft that is on its way, once as what is published.
 */
(() => {
  const PATIENCE = 15000;
  let saving = 0;
  let held;
  let sent = false;

  const go = () => {
    if (!held) return;
    const { form, submitter } = held;
    clearTimeout(held.timer);
    held = undefined;
    saving = 0;
    sent = true;
    // A button that shows its progress is switched off meanwhile, and would not be sent along.
    if (submitter) submitter.disabled = false;
    form.requestSubmit(submitter);
  };
  const ended = () => {
    saving = Math.max(0, saving - 1);
    // After the saving's own last steps, which give the form its new address.
    if (!saving) setTimeout(go);
  };

  document.addEventListener("w-autosave:save", (event) => {
    // What is being sent needs no saving.
    if (sent) event.preventDefault();
    else saving = 1;
  });
  document.addEventListener("w-autosave:success", ended);
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-edit-form]")) return;
    if (!saving) {
      sent = true;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (held) return;
    held = { form, submitter: event.submitter, timer: setTimeout(go, PATIENCE) };
  }, true);
  // Come back to by the browser's own button, or after an error: saved by itself as before.
  addEventListener("pageshow", () => {
    sent = false;
  });
})();
