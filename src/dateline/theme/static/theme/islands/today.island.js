/*
 * The date and the clock of the edition, in its time zone, language and digits. A page may have been printed days ago,
 * so nothing but the reader's browser knows the day; the room for it is kept by the style sheet.
 */
class Today extends HTMLElement {
  connectedCallback() {
    try {
      this.prepare();
      this.show();
    } catch {
      // A time zone or language that this browser does not know: the masthead goes without a date.
    }
  }

  disconnectedCallback() {
    clearTimeout(this.next);
  }

  prepare() {
    const { timezone: timeZone, digits } = this.dataset;
    const { lang } = document.documentElement;
    // Bare English is read all over the world, so its dates put the day first.
    const locale = new Intl.Locale(lang === "en" ? "en-001" : lang, { numberingSystem: digits, calendar: "gregory" });
    const make = (options) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
    this.day = make({ weekday: "long" });
    this.date = make({ day: "numeric", month: "long", year: "numeric" });
    this.clock = make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
    const time = document.createElement("time");
    this.spans = ["day", "date", "clock"].map((name) => {
      const span = document.createElement("span");
      if (name !== "date") span.className = `masthead__${name}`;
      return span;
    });
    time.append(this.spans[0], " ", this.spans[1]);
    this.replaceChildren(time, " ", this.spans[2]);
  }

  show() {
    const now = new Date();
    this.spans[0].textContent = this.day.format(now);
    this.spans[1].textContent = this.date.format(now);
    this.spans[2].textContent = this.clock.format(now);
    this.next = setTimeout(() => this.show(), 60500 - (now.getTime() % 60000));
  }
}

customElements.define("dateline-today", Today);
