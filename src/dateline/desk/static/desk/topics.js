/*
 * A story's topics: chips of those that are chosen, a field that finds others by their first letters, and those that the
 * text names. What is sent is the list beneath, which holds the chosen alone.
 */
(() => {
  const PAUSE = 200;
  const READ = 1500;

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };

  // What stands in one field of the form: rich text is kept as blocks.
  const textOf = (field) => {
    const { value } = field;
    if (!value.startsWith("{")) return field.type === "hidden" ? "" : value;
    try {
      return (JSON.parse(value).blocks ?? []).map(({ text }) => text).join("\n");
    } catch {
      return "";
    }
  };

  class Topics extends HTMLElement {
    connectedCallback() {
      if (this.select) return;
      this.select = this.querySelector("select");
      this.form = this.closest("form");
      this.offered = [];
      const id = this.select.id;
      this.chosen = make("ul", { class: "topics__chosen" });
      this.input = make("input", {
        type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": `${id}-list`, "aria-label": this.dataset.saidFind, placeholder: this.dataset.saidFind, dir: "auto",
      });
      this.list = make("ul", { class: "topics__list", id: `${id}-list`, role: "listbox", "aria-label": this.dataset.saidFind, hidden: "" });
      this.offers = make("div", { hidden: "" });
      this.status = make("p", { class: "topics__status", role: "status" });
      this.problem = make("p", { class: "topics__problem", role: "alert", hidden: "" });
      this.append(this.chosen, make("div", { class: "topics__find" }, this.input, this.list), this.problem, this.offers, this.status);
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("blur", () => this.close());
      // What is typed here is sought, not saved.
      for (const kind of ["input", "change", "keyup"]) this.input.addEventListener(kind, (event) => event.stopPropagation());
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("pointermove", (event) => {
        const at = [...this.list.children].indexOf(event.target.closest("[role=option]"));
        if (at >= 0 && at !== this.at) this.choose(at);
      });
      this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
      this.chosen.addEventListener("click", (event) => {
        const chip = event.target.closest("button");
        if (chip) this.remove(chip.dataset.id, chip.dataset.name);
      });
      this.offers.addEventListener("click", (event) => {
        const offer = event.target.closest("button");
        if (offer) this.add(this.offered.find(({ id: pk }) => String(pk) === offer.dataset.id), offer);
      });
      this.form?.addEventListener("input", () => this.readSoon());
      this.draw();
      this.readSoon();
    }

    say(name, words) {
      return (this.dataset[name] ?? "").replace("{name}", words);
    }

    // ── What is chosen ──

    has(id) {
      return [...this.select.options].some((option) => option.value === String(id));
    }

    add(topic) {
      if (!topic || this.has(topic.id)) return;
      this.select.append(new Option(topic.name, topic.id, true, true));
      this.changed(this.say("saidAdded", topic.name));
      this.input.focus();
    }

    remove(id, name) {
      [...this.select.options].find((option) => option.value === id)?.remove();
      this.changed(this.say("saidRemoved", name));
      this.input.focus();
    }

    changed(said) {
      this.draw();
      this.status.textContent = said;
      this.select.dispatchEvent(new Event("input", { bubbles: true }));
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    draw() {
      this.chosen.replaceChildren(...[...this.select.options].map(({ value, text }) => make(
        "li", { class: "topics__chip" }, make("bdi", {}, text),
        make("button", { type: "button", "aria-label": this.say("saidRemove", text), "data-id": value, "data-name": text }, "×"),
      )));
      this.drawOffers();
    }

    drawOffers() {
      const left = this.offered.filter(({ id }) => !this.has(id));
      this.offers.hidden = !left.length;
      this.offers.replaceChildren(
        make("p", { class: "topics__said" }, this.dataset.saidNamed),
        make("ul", { class: "topics__offered" }, ...left.map(({ id, name }) => make(
          "li", {}, make("button", { type: "button", "data-id": id, "aria-label": this.say("saidAdd", name) }, "+ ", make("bdi", {}, name)),
        ))),
      );
    }

    // ── Finding by letters ──

    typed() {
      clearTimeout(this.timer);
      this.asking?.abort();
      const text = this.input.value.trim();
      if (text) this.timer = setTimeout(() => this.find(text), PAUSE);
      else this.close();
    }

    async find(text) {
      this.asking = new AbortController();
      const answer = await this.ask(`${this.dataset.find}?${new URLSearchParams({ q: text })}`, { signal: this.asking.signal });
      if (answer && this.input.value.trim() === text) this.show(answer.topics.filter(({ id }) => !this.has(id)), answer.new ? text : "");
    }

    show(topics, fresh) {
      this.found = topics;
      const options = topics.map(({ id, name, about }) => make("li", { role: "option", "aria-selected": "false", "data-id": id }, make("bdi", {}, name), make("small", {}, about)));
      if (fresh) options.push(make("li", { role: "option", "aria-selected": "false", "data-make": fresh }, this.say("saidMake", fresh)));
      options.forEach((option, at) => { option.id = `${this.list.id}-${at}`; });
      this.list.replaceChildren(...options);
      this.list.hidden = !options.length;
      this.input.setAttribute("aria-expanded", String(options.length > 0));
      this.choose(options.length ? 0 : -1);
    }

    close() {
      this.show([], "");
    }

    choose(at) {
      this.at = at;
      [...this.list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) this.input.removeAttribute("aria-activedescendant");
      else this.input.setAttribute("aria-activedescendant", this.list.children[at].id);
    }

    pressed(event) {
      if (event.isComposing) return;
      const last = this.list.children.length - 1;
      if (event.key === "Enter") {
        // It would send the story's form.
        event.preventDefault();
        this.take(this.list.children[this.at]);
        return;
      }
      if (last < 0) return;
      if (event.key === "ArrowDown") this.choose(this.at >= last ? 0 : this.at + 1);
      else if (event.key === "ArrowUp") this.choose(this.at <= 0 ? last : this.at - 1);
      else if (event.key === "Escape") this.close();
      else return;
      event.preventDefault();
    }

    async take(option) {
      if (!option) return;
      const { id, make: name } = option.dataset;
      const known = id && this.found.find((topic) => String(topic.id) === id);
      const body = new URLSearchParams({ name: name ?? "" });
      const topic = known || (await this.ask(this.dataset.make, { method: "POST", body }))?.topic;
      if (!topic) return;
      this.input.value = "";
      this.close();
      this.add(topic);
    }

    // ── What the text names ──

    readSoon() {
      clearTimeout(this.reading);
      this.reading = setTimeout(() => this.read(), READ);
    }

    async read() {
      if (!this.form) return;
      const { elements } = this.form;
      const headline = elements.title?.value ?? "";
      const text = [...elements].filter(({ name }) => name === "standfirst" || /^body-\d+-value/.test(name)).map(textOf).join("\n");
      const said = JSON.stringify({ headline, text });
      if (said === this.last || !(headline || text.trim())) return;
      this.last = said;
      const answer = await this.ask(this.dataset.name, { method: "POST", body: said, quiet: true });
      if (!answer || said !== this.last) return;
      this.offered = answer.topics;
      this.drawOffers();
    }

    // The answer as JSON; nothing where there is none, which is said unless it is only an offer that fails.
    async ask(address, { quiet, ...options }) {
      const headers = { Accept: "application/json", "X-CSRFToken": this.form?.elements.csrfmiddlewaretoken?.value ?? "" };
      let problem = this.dataset.saidFailed;
      try {
        const answer = await fetch(address, { ...options, headers, credentials: "same-origin", redirect: "error" });
        const said = await answer.json();
        if (answer.ok) {
          this.tell("");
          return said;
        }
        problem = said.error ?? problem;
      } catch (error) {
        if (error.name === "AbortError") return undefined;
      }
      if (!quiet) this.tell(problem);
      return undefined;
    }

    tell(problem) {
      this.problem.textContent = problem;
      this.problem.hidden = !problem;
    }
  }

  // An element that is met before its end has been read has no list in it yet.
  const define = () => customElements.define("dateline-topics", Topics);
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", define);
  else define();
})();
