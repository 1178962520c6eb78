/*
 * Five cards: steps from one to the next by button and by arrow key, the way the language runs. The cards move by finger
 * and wheel without this.
 */
class Five extends HTMLElement {
  connectedCallback() {
    this.deck = this.querySelector("ol");
    this.cards = [...this.deck.children];
    const [back, on] = this.querySelectorAll("button");
    Object.assign(this, { back, on, at: 0, said: this.querySelector(".five__said") });
    this.querySelector(".five__steps").classList.add("is-on");
    back.addEventListener("click", () => this.step(-1));
    on.addEventListener("click", () => this.step(1));
    this.deck.addEventListener("keydown", (event) => this.key(event));
    this.deck.addEventListener("scroll", () => this.look(), { passive: true });
    this.show(0);
  }

  key(event) {
    const way = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const steps = { ArrowRight: way, ArrowLeft: -way, Home: -this.cards.length, End: this.cards.length };
    if (!(event.key in steps)) return;
    event.preventDefault();
    this.step(steps[event.key]);
  }

  step(by) {
    const at = Math.max(0, Math.min(this.cards.length - 1, this.at + by));
    const [card, deck] = [this.cards[at], this.deck].map((box) => box.getBoundingClientRect());
    const rtl = getComputedStyle(this).direction === "rtl";
    this.stepped = performance.now();
    this.deck.scrollBy({ left: rtl ? card.right - deck.right : card.left - deck.left });
    this.show(at);
  }

  look() {
    // What a step has said stands until the cards have come to rest.
    if (performance.now() - this.stepped < 700) return;
    const box = this.deck.getBoundingClientRect();
    const rtl = getComputedStyle(this).direction === "rtl";
    const far = (card) => {
      const own = card.getBoundingClientRect();
      return Math.abs(rtl ? own.right - box.right : own.left - box.left);
    };
    this.show(this.cards.reduce((best, card, at) => (far(card) < far(this.cards[best]) ? at : best), 0));
  }

  show(at) {
    this.at = at;
    this.said.textContent = this.cards[at].querySelector("p").textContent;
    this.back.disabled = at === 0;
    this.on.disabled = at === this.cards.length - 1;
  }
}

customElements.define("dateline-five", Five);
