/*
 * Pictures over the whole screen. A gallery is a strip that snaps from picture to picture, so that a finger moves it as the
 * language runs; an infographic can be come close to. The address names the picture, and going back closes.
 */
const { document: page } = window;
const FARTHEST = 1;
const CLOSEST = 8;
const rtl = page.documentElement.dir === "rtl";
const digits = new Intl.NumberFormat(page.documentElement.classList.contains("digits-arab") ? "ar-u-nu-arab" : "en-u-nu-latn");

class Viewer {
  constructor(places) {
    this.places = places;
    this.box = page.getElementById("viewer").content.firstElementChild.cloneNode(true);
    this.track = this.box.querySelector(".viewer__track");
    this.count = this.box.querySelector(".viewer__count");
    this.turns = [...this.box.querySelectorAll(".viewer__turn")];
    this.slides = places.map((place) => {
      const slide = page.createElement("li");
      const figure = page.createElement("figure");
      const caption = place.querySelector("figcaption");
      slide.append(figure);
      if (caption) figure.append(caption.cloneNode(true));
      this.track.append(slide);
      return slide;
    });
    page.body.append(this.box);
    this.box.querySelector(".viewer__close").addEventListener("click", () => this.leave());
    this.box.addEventListener("cancel", (event) => { event.preventDefault(); this.leave(); });
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.turns.forEach((turn) => turn.addEventListener("click", () => this.go(this.at + Number(turn.dataset.turn))));
    this.track.addEventListener("scroll", () => this.scrolled(), { passive: true });
    window.addEventListener("resize", () => { if (this.box.open) this.show(this.at); });
    if (places[0].matches(".shot--lead")) this.closer = new Closer(this.box, this.track, places[0].querySelector(".opens").href);
  }

  open(at) {
    if (!this.box.open) this.box.showModal();
    this.show(at);
    this.track.focus();
  }

  // A picture and its neighbours are fetched, at the size of the screen; no other is.
  show(at) {
    this.at = at;
    for (const near of [at, at + 1, at - 1]) {
      const figure = this.slides[near]?.firstElementChild;
      if (figure && !figure.querySelector("img")) figure.prepend(this.copy(this.places[near]));
    }
    this.track.scrollTo({ left: (rtl ? -1 : 1) * at * this.track.clientWidth, behavior: "instant" });
    this.tell();
  }

  copy(place) {
    const whole = place.querySelector("picture").cloneNode(true);
    for (const source of whole.querySelectorAll("source")) source.sizes = "100vw";
    const image = whole.querySelector("img");
    image.loading = "eager";
    image.removeAttribute("class");
    if (this.closer) {
      for (const source of whole.querySelectorAll("source")) source.remove();
      image.src = this.closer.address;
    }
    return whole;
  }

  tell() {
    const { length } = this.places;
    this.count.textContent = length > 1 ? `${digits.format(this.at + 1)} / ${digits.format(length)}` : "";
    this.turns.forEach((turn) => { turn.hidden = !this.places[this.at + Number(turn.dataset.turn)]; });
    const address = `#${this.places[this.at].id}`;
    if (location.hash !== address) history.replaceState(history.state, "", address);
  }

  go(at) {
    if (at < 0 || at >= this.places.length || at === this.at) return;
    this.show(at);
  }

  scrolled() {
    if (!this.box.open) return; // a strip that is not shown has no width, and says so
    const at = Math.round(Math.abs(this.track.scrollLeft) / Math.max(1, this.track.clientWidth));
    if (at === this.at || !this.slides[at]) return;
    this.at = at;
    for (const near of [at, at + 1, at - 1]) {
      const figure = this.slides[near]?.firstElementChild;
      if (figure && !figure.querySelector("img")) figure.prepend(this.copy(this.places[near]));
    }
    this.tell();
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const forward = rtl ? "ArrowLeft" : "ArrowRight";
    const back = rtl ? "ArrowRight" : "ArrowLeft";
    if (this.closer?.key(event)) event.preventDefault();
    else if (event.key === forward || event.key === "PageDown") this.turn(event, this.at + 1);
    else if (event.key === back || event.key === "PageUp") this.turn(event, this.at - 1);
    else if (event.key === "Home") this.turn(event, 0);
    else if (event.key === "End") this.turn(event, this.places.length - 1);
  }

  turn(event, at) {
    event.preventDefault();
    this.go(at);
  }

  // By its own entry in the history if it has one; else the address loses the picture.
  leave() {
    if (history.state?.viewer) history.back();
    else {
      history.replaceState(null, "", location.pathname + location.search);
      this.shut();
    }
  }

  shut() {
    if (!this.box.open) return;
    this.box.close();
    this.closer?.whole();
    this.places[this.at].querySelector(".opens").focus();
  }
}

/* One picture, nearer and farther: by wheel, pinch, double tap, keys and buttons; never out of sight. */
class Closer {
  constructor(box, track, address) {
    Object.assign(this, { box, track, address, scale: 1, x: 0, y: 0, fingers: new Map() });
    box.classList.add("viewer--closer");
    const bar = box.querySelector(".viewer__closer");
    bar.hidden = false;
    const steps = { in: 1.5, out: 1 / 1.5 };
    bar.addEventListener("click", ({ target }) => {
      const { zoom } = target.closest("[data-zoom]")?.dataset ?? {};
      if (zoom === "whole") this.whole();
      else if (zoom) this.by(steps[zoom]);
    });
    track.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.by(Math.exp(-event.deltaY / (event.deltaMode ? 20 : 400)), event.clientX, event.clientY);
    }, { passive: false });
    track.addEventListener("dblclick", ({ clientX, clientY }) => (this.scale > 1 ? this.whole() : this.by(2.5, clientX, clientY)));
    track.addEventListener("pointerdown", (event) => {
      track.setPointerCapture(event.pointerId);
      this.fingers.set(event.pointerId, event);
    });
    track.addEventListener("pointermove", (event) => this.moved(event));
    for (const end of ["pointerup", "pointercancel"]) track.addEventListener(end, ({ pointerId }) => this.fingers.delete(pointerId));
    track.addEventListener("dragstart", (event) => event.preventDefault());
  }

  get image() { return this.track.querySelector("img"); }

  moved(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const other = [...this.fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    this.fingers.set(event.pointerId, event);
    if (other) {
      const apart = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      this.by(apart(event) / apart(before), (event.clientX + other.clientX) / 2, (event.clientY + other.clientY) / 2);
    } else this.pan(event.clientX - before.clientX, event.clientY - before.clientY);
  }

  // What is under the given point stays under it.
  by(factor, clientX, clientY) {
    const frame = this.image.parentElement.getBoundingClientRect();
    const left = (clientX ?? frame.left + frame.width / 2) - frame.left;
    const top = (clientY ?? frame.top + frame.height / 2) - frame.top;
    const scale = Math.min(CLOSEST, Math.max(FARTHEST, this.scale * factor));
    const real = scale / this.scale;
    this.x = left - (left - this.x) * real;
    this.y = top - (top - this.y) * real;
    this.scale = scale;
    this.pan(0, 0);
  }

  pan(right, down) {
    const { width, height } = this.image.parentElement.getBoundingClientRect();
    const within = (value, size) => Math.min(0, Math.max(size * (1 - this.scale), value));
    this.x = within(this.x + right, width);
    this.y = within(this.y + down, height);
    this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  whole() {
    this.scale = 1;
    this.x = 0;
    this.y = 0;
    if (this.image) this.pan(0, 0);
  }

  key({ key }) {
    const step = 80;
    const acts = {
      "+": () => this.by(1.5),
      "=": () => this.by(1.5),
      "-": () => this.by(1 / 1.5),
      0: () => this.whole(),
      ArrowLeft: () => this.pan(step, 0),
      ArrowRight: () => this.pan(-step, 0),
      ArrowUp: () => this.pan(0, step),
      ArrowDown: () => this.pan(0, -step),
    };
    acts[key]?.();
    return key in acts;
  }
}

// An infographic stands alone; what galleries show is one strip.
const sets = [[], []];
for (const place of page.querySelectorAll("[id^=picture-]:has(.opens)")) sets[place.matches(".shot--lead") ? 0 : 1].push(place);
const viewers = [];

function open(set, at) {
  viewers[set] ??= new Viewer(sets[set]);
  viewers[set].open(at);
}

function called() {
  const found = sets.map((places) => places.findIndex(({ id }) => `#${id}` === location.hash));
  found.forEach((at, set) => { if (at < 0) viewers[set]?.shut(); });
  found.forEach((at, set) => { if (at >= 0) open(set, at); });
}

sets.forEach((places, set) => places.forEach((place, at) => {
  place.querySelector(".opens").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState({ viewer: true }, "", `#${place.id}`);
    open(set, at);
  });
}));
window.addEventListener("popstate", called);
called();
