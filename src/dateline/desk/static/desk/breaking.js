/* The breaking composer: how an alert will look, what room is left, the same words for the other editions, and undo. */
(() => {
  const word = () => {
    const severity = document.querySelector("select[name=severity]");
    return severity ? severity.selectedOptions[0].textContent : "";
  };
  const attributionOf = (text) => text.form.querySelector(`[name="${text.name.replace(/text$/, "attribution")}"]`);

  const show = (text) => {
    const slug = text.dataset.edition;
    const preview = document.querySelector(`[data-preview="${CSS.escape(slug)}"]`);
    const [label, said, by] = preview.children;
    const who = attributionOf(text).value.trim();
    label.textContent = word();
    said.textContent = text.value.trim();
    by.textContent = who ? `— ${who}` : "";
    preview.hidden = !text.value.trim();
    const count = document.querySelector(`[data-count="${CSS.escape(slug)}"]`);
    count.textContent = `${[...text.value].length} / ${count.dataset.longest}`;
  };

  const texts = [...document.querySelectorAll('[data-breaking="text"]')];
  const all = () => texts.forEach(show);
  document.addEventListener("input", all);
  document.addEventListener("change", all);
  all();

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const from = texts.find((text) => text.value.trim());
    for (const text of texts) {
      if (!from || text === from) continue;
      for (const [mine, theirs] of [[text, from], [attributionOf(text), attributionOf(from)]]) {
        if (!mine.value.trim()) mine.value = theirs.value;
      }
    }
    all();
  });

  const undo = document.querySelector(".breaking__undo");
  if (undo) setTimeout(() => undo.remove(), Number.parseFloat(undo.dataset.seconds.replace(",", ".")) * 1000);
})();
