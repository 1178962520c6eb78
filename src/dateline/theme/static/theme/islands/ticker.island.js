/*
 * Breaking alerts under the masthead: they come, change and go while the page is open, and take turns in one place.
 * Readers of a screen are told of a new one when they pause, and of no turn.
 */
const TURN = 7000;
const still = matchMedia("(prefers-reduced-motion: reduce)");

class Ticker extends HTMLElement {
  connectedCallback() {
    this.skew = 0;
    this.hear = ({ detail }) => this.told(detail.kind, detail.data);
    document.addEventListener("dateline-live", this.hear);
    this.addEventListener("click", (event) => this.pressed(event.target.closest("button")));
    for (const kind of ["pointerenter", "focusin"]) this.addEventListener(kind, () => { this.held = true; });
    for (const kind of ["pointerleave", "focusout"]) this.addEventListener(kind, () => { this.held = false; });
    this.settle();
  }

  disconnectedCallback() {
    document.removeEventListener("dateline-live", this.hear);
    clearInterval(this.turning);
    clearTimeout(this.ending);
  }

  get list() { return this.querySelector(".ticker__alerts"); }
  get alerts() { return [...this.list.children]; }

  told(kind, data) {
    if (kind === "hello") this.skew = data.now - Date.now();
    else if (kind === "reload") this.fetch();
    else if (kind === "alert.created" || kind === "alert.edited") this.put(data);
    else if (kind === "alert.withdrawn" || kind === "alert.expired") this.find(data.id)?.remove();
    else if (kind === "story.published") this.latest(data.html);
    else if (kind === "story.withdrawn" && this.querySelector(`.ticker__latest[data-story="${Number(data.id)}"]`)) this.fetch();
    else if (kind === "channel.on" || kind === "channel.off") this.querySelector(".ticker__air").innerHTML = data.html;
    else return;
    this.settle();
  }

  find(id) { return this.list.querySelector(`[data-alert="${Number(id)}"]`); }

  put({ id, html }) {
    const made = this.make(html);
    const before = this.find(id);
    if (before) before.replaceWith(made);
    else {
      const older = this.alerts.find((one) => one.dataset.at <= made.dataset.at);
      this.list.insertBefore(made, older ?? null);
      while (this.list.children.length > 5) this.list.lastElementChild.remove();
    }
    if (before?.textContent === made.textContent) return;
    this.shown = made;
    this.querySelector("[role=status]").textContent = made.textContent;
  }

  make(html) {
    const sheet = document.createElement("template");
    sheet.innerHTML = html;
    return sheet.content.firstElementChild;
  }

  latest(html) {
    const old = this.querySelector(".ticker__latest");
    if (old) old.replaceWith(this.make(html));
    else this.list.after(this.make(html));
  }

  // From the sheet itself: readers who all have to do not all do it at once.
  async fetch() {
    await new Promise((go) => setTimeout(go, Math.random() * 2000));
    try {
      const answer = await fetch(this.getAttribute("src"), { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) return;
      const line = this.make(await answer.text());
      this.list.replaceWith(line.querySelector(".ticker__alerts"));
      const [mine, theirs] = [this, line].map((part) => part.querySelector(".ticker__latest"));
      if (theirs) this.latest(theirs.outerHTML);
      else mine?.remove();
      this.querySelector(".ticker__air").replaceWith(line.querySelector(".ticker__air"));
      this.settle();
    } catch {
      // Off line: what was printed stays.
    }
  }

  // What is over goes, whoever tells of it; then whose turn it is, and when the next one's time is over.
  settle() {
    const now = Date.now() + this.skew;
    for (const alert of this.alerts) if (Date.parse(alert.dataset.until) <= now) alert.remove();
    const alerts = this.alerts;
    this.classList.add("ticker--turns");
    if (!alerts.includes(this.shown)) [this.shown] = alerts;
    for (const alert of alerts) alert.classList.toggle("is-shown", alert === this.shown);
    this.classList.toggle("ticker--many", alerts.length > 1);
    clearInterval(this.turning);
    if (alerts.length > 1) this.turning = setInterval(() => this.turn(), TURN);
    clearTimeout(this.ending);
    const next = Math.min(...alerts.map((alert) => Date.parse(alert.dataset.until)));
    if (alerts.length) this.ending = setTimeout(() => this.settle(), Math.min(next - now + 20, 2 ** 31 - 1));
  }

  turn(asked = false) {
    if (!asked && (this.paused || this.held || still.matches || document.visibilityState === "hidden")) return;
    const alerts = this.alerts;
    this.shown = alerts[(alerts.indexOf(this.shown) + 1) % alerts.length];
    for (const alert of alerts) alert.classList.toggle("is-shown", alert === this.shown);
  }

  pressed(button) {
    if (!button) return;
    if (button.className === "ticker__next") return this.turn(true);
    this.paused = !this.paused;
    button.setAttribute("aria-pressed", String(this.paused));
  }
}

customElements.define("dateline-ticker", Ticker);
