// A tracker's page: its table is sorted by the column one picks, and "What if" answers without asking the server, by
// `project` from whatif.js, which stands before this in the same file.
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const order = new Intl.Collator(document.documentElement.lang).compare;
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button");
    const label = head.firstElementChild;
    button.type = "button";
    button.className = label.className;
    button.append(...label.childNodes);
    label.replaceWith(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending" || (head.matches(".num") && !head.ariaSort);
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const key = row => row.cells[at].dataset.key;
      const compare = head.matches(".num") ? (one, two) => key(one) - key(two) : (one, two) => order(key(one), key(two));
      body.append(...[...body.rows].sort((one, two) => (falling ? -1 : 1) * compare(one, two)));
    });
  });
}

customElements.define("dateline-whatif", class extends HTMLElement {
  connectedCallback() {
    this.facts = JSON.parse(this.querySelector(".whatif__facts").textContent);
    this.words = JSON.parse(this.querySelector(".whatif__words").textContent);
    const locale = `${this.dataset.locale}-u-nu-${this.dataset.digits}`;
    this.number = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
    this.day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
    this.addEventListener("change", () => this.answer());
    this.querySelector(".whatif__reset").addEventListener("click", () => this.reset());
    this.reset();
  }

  reset() {
    for (const input of this.querySelectorAll("input")) input.checked = false;
    for (const select of this.querySelectorAll("select")) select.value = "";
    this.answer();
  }

  answer() {
    const leave = [];
    const pace = {};
    for (const row of this.querySelectorAll("[data-code]")) {
      const gone = row.querySelector("input").checked;
      const select = row.querySelector("select");
      select.disabled = gone;
      if (gone) leave.push(row.dataset.code);
      else if (select.value) pace[row.dataset.code] = Number(select.value);
    }
    const found = project(this.facts, { leave, pace });
    const said = this.said(found).map(text => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    });
    this.querySelector(".whatif__answer").replaceChildren(...said);
  }

  said({ level, reason, median, eighty }) {
    const { words } = this;
    const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
    const when = day => this.day.format(new Date(day * 86400000));
    const range = [...new Set(level.map(value => this.number.format(value)))].join("–");
    const first = fill(words.without, { amount: range, target: words.target });
    if (reason === "met") return [first, words.met];
    if (reason) return [first, words.never];
    const [early, late] = eighty;
    const days = { day: when(median), early: when(early), late: late === null ? "" : when(late) };
    return [first, fill(late === null ? words.after : words.median, days)];
  }
});
