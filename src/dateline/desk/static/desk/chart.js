/*
 * The data of a chart: a file is read into the field above it, where an editor sees what will be drawn. The desk checks it
 * again when it is saved; here a file that is too long is refused before it is read.
 */
(() => {
  if (customElements.get("dateline-chart-data")) return;

  // UTF-16 says so in its first two bytes; all else must be UTF-8.
  const decoded = (bytes) => {
    const [first, second] = bytes;
    const wide = (first === 0xff && second === 0xfe && "utf-16le") || (first === 0xfe && second === 0xff && "utf-16be");
    const text = new TextDecoder(wide || "utf-8", { fatal: true }).decode(bytes);
    if (text.includes("\0")) throw new TypeError("not text");
    return text;
  };

  customElements.define("dateline-chart-data", class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("change", (event) => {
        if (event.target.type === "file") this.take(event.target);
      });
    }

    async take(input) {
      const [file] = input.files;
      if (!file) return;
      const most = Number(this.dataset.most);
      try {
        // No letter takes more than four bytes.
        const text = file.size > most * 4 ? null : decoded(new Uint8Array(await file.arrayBuffer()));
        if (text === null || text.length > most) return this.say(this.dataset.tooLong);
        const field = this.querySelector("textarea");
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        this.say(`${file.name}: ${this.dataset.read}`);
      } catch {
        this.say(this.dataset.unreadable);
      } finally {
        input.value = "";
      }
    }

    say(words) {
      this.querySelector("output").textContent = words;
    }
  });
})();
