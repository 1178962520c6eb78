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
    const { timezone: timeZone, digits, locale: tag } = this.dataset;
    const locale = new Intl.Locale(tag, { numberingSystem: digits, calendar: "gregory" });
    const make = (options) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
    // The date twice: whole where there is room, short on a phone; the style sheet shows one of them.
    this.shown = [
      ["masthead__day", make({ weekday: "long" })],
      ["is-long", make({ day: "numeric", month: "long", year: "numeric" })],
      ["is-short", make({ day: "numeric", month: "short", year: "numeric" })],
      ["masthead__clock", make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" })],
    ].map(([name, format]) => {
      const span = document.createElement("span");
      span.className = name;
      return { span, format };
    });
    const [day, long, short, clock] = this.shown.map(({ span }) => span);
    const time = document.createElement("time");
    time.append(day, " ", long, short);
    this.replaceChildren(time, " ", clock);
  }

  show() {
    const now = new Date();
    for (const { span, format } of this.shown) span.textContent = format.format(now);
    this.next = setTimeout(() => this.show(), 60500 - (now.getTime() % 60000));
  }
}

customElements.define("dateline-today", Today);
