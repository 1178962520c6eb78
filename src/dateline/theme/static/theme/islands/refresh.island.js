/*
 * A small piece of the page with a life of its own: asked for again when it is older than a minute, on arrival and on
 * coming back to the tab. What has changed is shown only where nobody is reading: below the window, or while the page
 * is hidden, and never under the reader's focus.
 */
const OLD = 60000;

class Island extends HTMLElement {
  connectedCallback() {
    this.asked = Date.parse(this.dataset.printed) || 0;
    this.look = () => {
      if (document.visibilityState === "visible") this.ask();
      else this.show();
    };
    this.watch = new IntersectionObserver(() => this.show());
    this.watch.observe(this);
    document.addEventListener("visibilitychange", this.look);
    this.look();
  }

  disconnectedCallback() {
    this.watch?.disconnect();
    document.removeEventListener("visibilitychange", this.look);
  }

  async ask() {
    if (Date.now() - this.asked < OLD) return;
    this.asked = Date.now();
    try {
      const answer = await fetch(this.getAttribute("src"), { credentials: "omit" });
      if (!answer.ok) return;
      const sheet = document.createElement("template");
      sheet.innerHTML = await answer.text();
      // Compared as the browser writes both: the printed text differs from it in spelling, not in sense.
      this.waiting = sheet.innerHTML.trim() === this.innerHTML.trim() ? undefined : sheet;
      this.show();
    } catch {
      // Off line: what was printed stays.
    }
  }

  unread() {
    if (this.contains(document.activeElement)) return false;
    return document.visibilityState === "hidden" || this.getBoundingClientRect().top > innerHeight;
  }

  show() {
    if (this.waiting === undefined || !this.unread()) return;
    this.replaceChildren(this.waiting.content);
    this.waiting = undefined;
  }
}

customElements.define("dateline-island", Island);
