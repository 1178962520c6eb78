/*
 * Completes a search while it is typed: a list of names and headlines, worked by keys as a combobox is. Without it the form works.
 */
const PAUSE = 180;

class Search extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: "suggestions", className: "search__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent ?? "");
    this.append(this.list);
    const { input } = this;
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", "suggestions"]]) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget)) this.close(); });
    input.form.addEventListener("submit", () => { clearTimeout(this.timer); this.asking?.abort(); });
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  typed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const text = this.input.value.trim();
    if (text.length < 2) this.close();
    else this.timer = setTimeout(() => this.ask(text), PAUSE);
  }

  async ask(text) {
    this.asking = new AbortController();
    try {
      const address = `${this.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal: this.asking.signal, priority: "high" });
      if (answer.ok && this.input.value.trim() === text) this.show(await answer.json());
    } catch {
      // The line is down or something newer is being asked: the form itself still searches.
    }
  }

  show(rows) {
    this.list.replaceChildren(...rows.map(({ title, url, of }, at) => {
      const option = document.createElement("li");
      option.id = `suggestion-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = url;
      option.dir = "auto";
      option.textContent = title;
      if (of) {
        const kind = document.createElement("small");
        kind.textContent = of;
        option.append(" · ", kind);
      }
      return option;
    }));
    this.at = -1;
    this.list.hidden = !rows.length;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.show([]);
  }

  choose(at) {
    const options = [...this.list.children];
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    this.at = at;
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[at].id);
  }

  go(option) {
    if (option) location.assign(option.dataset.url);
  }

  pressed(event) {
    const last = this.list.children.length - 1;
    if (event.isComposing || last < 0) return;
    if (event.key === "ArrowDown") this.choose(this.at >= last ? -1 : this.at + 1);
    else if (event.key === "ArrowUp") this.choose(this.at < 0 ? last : this.at - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.at >= 0) this.go(this.list.children[this.at]);
    else return;
    event.preventDefault();
  }
}

customElements.define("dateline-search", Search);
