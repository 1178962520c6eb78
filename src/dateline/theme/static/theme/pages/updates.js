/*
 * Updates of a live story: they come, change and go while the page is open, and nothing that is being read moves. What
 * comes in above the reader waits for a press of the button; pages far away are put aside, so that a day of thousands of
 * updates stays light.
 */
const AWAY = "200% 0px";
const { document: page } = window;

const made = (html) => {
  const sheet = page.createElement("template");
  sheet.innerHTML = html;
  return sheet.content;
};

class Updates extends HTMLElement {
  connectedCallback() {
    this.waiting = new Map();
    this.aside = new WeakMap();
    this.hear = ({ detail }) => this.told(detail.kind, detail.data);
    page.addEventListener("dateline-live", this.hear);
    this.addEventListener("click", (event) => this.pressed(event));
    addEventListener("hashchange", () => this.find());
    this.watch = new IntersectionObserver((seen) => seen.forEach((one) => this.seen(one)), { rootMargin: AWAY });
    for (const list of this.lists) this.watch.observe(list);
    this.find();
  }

  disconnectedCallback() {
    page.removeEventListener("dateline-live", this.hear);
    this.watch.disconnect();
  }

  get lists() { return [...this.querySelectorAll(".updates__list")]; }
  get newestFirst() { return this.dataset.order === "newest"; }
  get alone() { return Number(this.dataset.alone) || 0; }
  part(name) { return (name === "status" ? page : this).querySelector(`.updates__${name}`); }
  item(id) { return this.querySelector(`.update[id="u${Number(id)}"]`); }

  told(kind, data) {
    if (kind === "update.created") this.come(data);
    else if (kind === "update.edited") this.change(data);
    else if (kind === "update.withdrawn") this.go(data.id);
    else if (kind === "update.pinned") this.pin(data.html);
    else if (kind === "coverage.changed") this.still(() => { this.part("status")?.replaceChildren(made(data.html)); });
    else if (kind === "reload") this.reload();
    else return;
    if (data.points !== undefined) this.still(() => { this.part("points")?.replaceChildren(made(data.points)); });
    if (data.pinned !== undefined) this.pin(data.pinned);
    if (kind === "update.withdrawn" && this.part("pinned")?.querySelector(`[data-update="${Number(data.id)}"]`)) this.pin("");
  }

  // Do something to the page, and keep what the reader looks at where it is.
  still(act) {
    const held = [...this.querySelectorAll(".update")].find((one) => one.getBoundingClientRect().bottom > 0);
    const before = held?.getBoundingClientRect().top;
    act();
    if (held?.isConnected && before < innerHeight && this.getBoundingClientRect().top < 0) {
      scrollBy({ top: held.getBoundingClientRect().top - before, behavior: "instant" });
    }
  }

  come({ id, page: number, html }) {
    if (this.item(id)) return this.change({ id, html });
    // On the other pages, and where the end has not been loaded, it has no place yet.
    if (this.alone ? this.alone !== number : !this.newestFirst && this.part("further")) return;
    this.waiting.set(id, html);
    const [first] = this.lists;
    const below = first.getBoundingClientRect().top >= innerHeight * 0.6 || !this.newestFirst;
    if (below || !this.querySelector(".updates__list .update")) this.show();
    else this.tell();
  }

  tell() {
    const place = this.part("new");
    if (!place) return this.show();
    const number = this.waiting.size;
    if (!number) return place.replaceChildren();
    let button = place.querySelector("button");
    if (!button) place.append(button = page.createElement("button"));
    button.type = "button";
    const digits = page.documentElement.classList.contains("digits-arab") ? "arab" : "latn";
    const said = new Intl.NumberFormat(page.documentElement.lang, { numberingSystem: digits }).format(number);
    button.textContent = number === 1 ? this.dataset.one : this.dataset.more.replace("{number}", said);
  }

  // Put in what waits, each where its number belongs.
  show() {
    const lists = this.lists;
    const list = this.newestFirst ? lists[0] : lists.at(-1);
    this.part("none")?.remove();
    const fresh = [...this.waiting].sort(([a], [b]) => a - b);
    this.waiting.clear();
    for (const [id, html] of fresh) this.place(list, Number(id), made(html).firstElementChild);
    this.tell();
    return this.item(fresh.at(-1)?.[0]);
  }

  place(list, id, item) {
    const others = [...list.children];
    const next = others.find((one) => (this.newestFirst ? Number(one.dataset.update) < id : Number(one.dataset.update) > id));
    item.classList.add("update--fresh");
    list.insertBefore(item, next ?? null);
  }

  change({ id, page: number, html }) {
    if (this.waiting.has(id)) return this.waiting.set(id, html);
    const item = this.item(id);
    if (item) return this.still(() => item.replaceWith(made(html).firstElementChild));
    // One that was put back: into its page, if that is here.
    const list = this.lists.find((one) => this.holds(one, id, number));
    if (list && !this.aside.has(list)) this.still(() => this.place(list, id, made(html).firstElementChild));
    else if (list) this.aside.delete(list);
  }

  holds(list, id, number) {
    const ids = [...list.children].map((one) => Number(one.dataset.update));
    return Number(list.dataset.page) === number || (id > Math.min(...ids) && id < Math.max(...ids));
  }

  go(id) {
    this.waiting.delete(id);
    this.tell();
    const item = this.item(id);
    if (!item) return;
    const focused = item.contains(page.activeElement);
    this.still(() => item.remove());
    if (focused) page.getElementById("updates").focus({ preventScroll: true });
  }

  pin(html) {
    this.still(() => { this.part("pinned")?.replaceChildren(made(html)); });
  }

  pressed(event) {
    const further = event.target.closest(".updates__further a");
    if (further) {
      event.preventDefault();
      this.load(further);
    } else if (event.target.closest(".updates__new button")) {
      const first = this.show();
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const head = page.getElementById("updates");
      head.scrollIntoView({ behavior: calm ? "instant" : "smooth" });
      (first?.querySelector("a") ?? head).focus({ preventScroll: true });
    } else {
      const link = event.target.closest('a[href*="#u"]');
      const item = link && this.item(link.hash.slice(2));
      if (!item || !this.part("points")?.contains(link)) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      this.find();
    }
  }

  // The page of a link, put under what is here; its own link takes the link's place.
  async load(link) {
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    try {
      const sheet = await this.fetch(link.href);
      const list = sheet.querySelector(".updates__list") ?? made('<ol class="updates__list"></ol>').firstElementChild;
      const focused = link === page.activeElement;
      this.lists.at(-1).after(list);
      this.watch.observe(list);
      const next = sheet.querySelector(".pager__older");
      if (next) link.setAttribute("href", next.getAttribute("href"));
      else this.part("further").remove();
      if (focused) list.querySelector("a")?.focus({ preventScroll: true });
    } catch {
      location.href = link.href; // the page itself says what is wrong
    } finally {
      link.removeAttribute("aria-busy");
    }
  }

  async fetch(url) {
    const answer = await fetch(url, { credentials: "omit", cache: "no-cache" });
    if (!answer.ok) throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Lists that are pages away are put aside as text, with their room kept, and come back before they are reached.
  seen({ target: list, isIntersecting }) {
    if (isIntersecting && this.aside.has(list)) {
      list.innerHTML = this.aside.get(list);
      list.style.blockSize = "";
      this.aside.delete(list);
    } else if (!isIntersecting && !this.aside.has(list) && list !== this.lists[0] && !list.contains(page.activeElement)) {
      list.style.blockSize = `${list.offsetHeight}px`;
      this.aside.set(list, list.innerHTML);
      list.replaceChildren();
    }
  }

  // The update that the address names, wherever it is.
  find() {
    const item = /^#u\d+$/.test(location.hash) && this.item(location.hash.slice(2));
    if (!item) return;
    item.scrollIntoView({ block: "start" });
    item.querySelector("a").focus({ preventScroll: true });
  }

  // Too much was missed to be told: the page itself knows. Readers who all have to ask do not all do it at once.
  async reload() {
    await new Promise((go) => setTimeout(go, Math.random() * 2000));
    try {
      const sheet = await this.fetch(location.pathname);
      const theirs = sheet.querySelector("dateline-updates");
      const ids = new Set();
      for (const item of theirs.querySelectorAll(".updates__list .update")) {
        const id = Number(item.dataset.update);
        ids.add(id);
        this.come({ id, page: this.alone, html: item.outerHTML });
      }
      const lowest = Math.min(...ids);
      for (const item of this.querySelectorAll(".updates__list .update")) {
        const id = Number(item.dataset.update);
        if (id >= lowest && !ids.has(id)) this.go(id);
      }
      for (const name of ["status", "points", "pinned"]) {
        this.still(() => this.part(name)?.replaceWith(sheet.querySelector(`.updates__${name}`) ?? ""));
      }
      // What was loaded from other pages may be untrue as well.
      for (const list of this.lists.slice(1)) list.remove();
      const further = theirs.querySelector(".updates__further");
      if (this.part("further") && further) this.part("further").replaceWith(further);
      else if (further) this.lists.at(-1).after(further);
    } catch {
      // Off line: what was printed stays.
    }
  }
}

customElements.define("dateline-updates", Updates);
