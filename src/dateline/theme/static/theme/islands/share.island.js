/*
 * Sharing by the reader's own apps and copying the link: shown only where the browser can do it. The plain links beside
 * them need no script.
 */
class Share extends HTMLElement {
  connectedCallback() {
    this.offer("native", Boolean(navigator.share), () => this.hand());
    this.offer("copy", Boolean(navigator.clipboard?.writeText), (button) => this.copy(button));
    this.details = this.closest("details");
    this.away = (event) => {
      const escaped = event.type === "keydown" && event.key === "Escape";
      if (!this.details.open || (!escaped && (event.type === "keydown" || this.details.contains(event.target)))) return;
      this.details.open = false;
      if (escaped) this.details.querySelector("summary").focus();
    };
    if (this.details) for (const kind of ["click", "keydown"]) document.addEventListener(kind, this.away);
  }

  disconnectedCallback() {
    for (const kind of ["click", "keydown"]) document.removeEventListener(kind, this.away);
  }

  offer(way, able, act) {
    const button = this.querySelector(`[data-way="${way}"]`);
    if (!button || !able) return;
    button.closest("li").hidden = false;
    button.addEventListener("click", () => act(button));
  }

  hand() {
    navigator.share({ title: this.dataset.title, url: this.dataset.url }).catch(() => {});
  }

  async copy(button) {
    try {
      await navigator.clipboard.writeText(this.dataset.url);
      button.setAttribute("aria-live", "polite");
      button.textContent = button.dataset.done;
    } catch {
      // The reader refused, and the address bar still has the link.
    }
  }
}

customElements.define("dateline-share", Share);
