/*
 * A story read aloud: play and pause, sentence by sentence, at the reader's pace; the sentence that is heard is marked and
 * kept in view, and the place is found again. Everything happens in this browser.
 */
const { document: page } = window;
const PACES = [0.75, 1, 1.25, 1.5, 2];
const HEARD = "heard";
const SPOKEN = ".story__title, .story__stand, .prose :is(p, h2, h3, li, footer), .five__title, .five__text";
const UNSPOKEN = ".pull, figure, table, .more";

const clock = (seconds, zero) => {
  const whole = Math.max(0, Math.floor(seconds));
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
};

export class Player {
  constructor(root) {
    this.root = root;
    this.sound = root.querySelector("audio");
    this.keys = root.querySelector(".listen__keys");
    this.range = this.keys.querySelector("input");
    this.output = this.keys.querySelector(".listen__at");
    this.story = root.closest("article.story, .five");
    this.zero = this.output.textContent.charCodeAt(0);
    this.memory = `listen ${root.dataset.story ?? location.pathname}`;
    this.spans = new Map();
    this.prepare();
    this.follow();
    this.offerToTheSystem();
  }

  prepare() {
    this.sound.controls = false;
    this.keys.hidden = false;
    const [track] = this.sound.textTracks;
    if (track) {
      track.mode = "hidden";
      track.addEventListener("cuechange", () => this.mark());
    }
    this.track = track;
    for (const button of this.keys.querySelectorAll("button")) {
      button.addEventListener("click", () => this[button.dataset.key]());
    }
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    this.keys.addEventListener("keydown", (event) => this.pressed(event));
    this.pace = PACES.indexOf(1);
    this.showPace();
  }

  follow() {
    const { sound } = this;
    for (const name of ["play", "pause", "ended"]) sound.addEventListener(name, () => this.state());
    sound.addEventListener("timeupdate", () => this.tell());
    sound.addEventListener("loadedmetadata", () => this.resume(), { once: true });
    sound.addEventListener("ended", () => this.forget());
    const sources = sound.querySelectorAll("source");
    const last = sources.length ? sources[sources.length - 1] : sound;
    last.addEventListener("error", () => this.fail());
    sound.addEventListener("error", () => this.fail());
  }

  play() {
    if (this.sound.paused) return this.start();
    this.sound.pause();
    return undefined;
  }

  async start() {
    for (const other of page.querySelectorAll("audio, video")) if (other !== this.sound) other.pause();
    try {
      await this.sound.play();
    } catch (error) {
      if (error?.name === "NotSupportedError") this.fail();
    }
  }

  back() {
    this.step(-1);
  }

  next() {
    this.step(1);
  }

  // One sentence on; back to the beginning of this one, or of the one before if it has only begun.
  step(by) {
    const cues = [...(this.track?.cues ?? [])];
    const now = this.sound.currentTime;
    const at = cues.findLastIndex((cue) => cue.startTime <= now + 0.05);
    const begun = by < 0 && at >= 0 && now - cues[at].startTime > 1.5;
    const to = cues[Math.min(cues.length - 1, Math.max(0, begun ? at : at + by))];
    if (to) this.seek(to.startTime);
  }

  speed() {
    this.pace = (this.pace + 1) % PACES.length;
    this.sound.playbackRate = PACES[this.pace];
    this.showPace();
  }

  showPace() {
    const button = this.keys.querySelector("[data-key=speed]");
    button.dataset.name ??= button.getAttribute("aria-label");
    const digits = String(PACES[this.pace]).replace(/\d/g, (digit) => String.fromCharCode(this.zero + Number(digit)));
    button.textContent = `${this.zero === 48 ? digits : digits.replace(".", "٫")}×`;
    button.setAttribute("aria-label", `${button.dataset.name} ${button.textContent}`);
  }

  seek(seconds) {
    this.sound.currentTime = seconds;
    this.tell();
  }

  pressed(event) {
    const turned = getComputedStyle(this.root).direction === "rtl";
    const moves = { ArrowLeft: turned ? "next" : "back", ArrowRight: turned ? "back" : "next" };
    const move = event.target === this.range ? undefined : moves[event.key];
    if (!move) return;
    event.preventDefault();
    this[move]();
  }

  state() {
    const button = this.keys.querySelector("[data-key=play]");
    const playing = !this.sound.paused && !this.sound.ended;
    button.classList.toggle("is-on", playing);
    button.dataset.name ??= button.getAttribute("aria-label");
    button.setAttribute("aria-label", playing ? button.dataset.other : button.dataset.name);
    this.root.classList.toggle("is-playing", playing || this.sound.currentTime > 0 && !this.sound.ended);
    if (this.sound.ended) this.unmark();
  }

  tell() {
    const { currentTime } = this.sound;
    if (page.activeElement !== this.range || !this.range.matches(":active")) this.range.value = String(currentTime);
    this.output.textContent = clock(currentTime, this.zero);
    this.range.setAttribute("aria-valuetext", this.output.textContent);
    if (Math.abs(currentTime - (this.kept ?? 0)) > 5) this.remember(currentTime);
  }

  // ── The place ──

  remember(seconds) {
    this.kept = seconds;
    try {
      localStorage.setItem(this.memory, `${this.source()} ${seconds.toFixed(1)}`);
    } catch {
      // Not allowed here: it begins anew next time.
    }
  }

  resume() {
    let said = "";
    try {
      said = localStorage.getItem(this.memory) ?? "";
    } catch {
      return;
    }
    const [source, seconds] = said.split(" ");
    // Another sound is another text: its places are others.
    if (source === this.source() && Number(seconds) < this.sound.duration - 5) this.seek(Number(seconds));
  }

  forget() {
    try {
      localStorage.removeItem(this.memory);
    } catch {
      // It was never kept.
    }
  }

  source() {
    const [source] = this.sound.querySelectorAll("source");
    return (source?.getAttribute("src") ?? this.sound.getAttribute("src") ?? "").split("/").pop().split(".")[0];
  }

  // ── The sentence that is heard ──

  mark() {
    const [cue] = this.track.activeCues ?? [];
    if (!cue || !this.story) return;
    const range = this.rangeOf(cue);
    this.unmark();
    if (!range) return;
    const block = range.startContainer.parentElement;
    if (window.Highlight && CSS.highlights) CSS.highlights.set(HEARD, new Highlight(range));
    else block.classList.add("is-heard");
    this.marked = block;
    this.keepInView(range);
  }

  unmark() {
    CSS.highlights?.delete(HEARD);
    this.marked?.classList.remove("is-heard");
    this.marked = undefined;
  }

  keepInView(range) {
    const { top, bottom } = range.getBoundingClientRect();
    const room = window.innerHeight;
    if (this.sound.paused || (top > room * 0.12 && bottom < room * 0.72)) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollBy({ top: top - room * 0.3, behavior: calm ? "auto" : "smooth" });
  }

  rangeOf(cue) {
    if (!this.text) this.read();
    if (!this.spans.has(cue.id)) this.find();
    const span = this.spans.get(cue.id);
    if (!span) return undefined;
    const range = page.createRange();
    const [start, end] = [this.places[span[0]], this.places[span[1] - 1]];
    range.setStart(start.node, start.at);
    range.setEnd(end.node, end.at + 1);
    return range;
  }

  // The story's text as one line, and where each of its letters stands.
  read() {
    this.text = "";
    this.places = [];
    const add = (letter, node, at) => {
      if (letter === " " && (this.text === "" || this.text.endsWith(" "))) return;
      this.text += letter;
      this.places.push({ node, at });
    };
    const seen = new Set();
    for (const block of this.story.querySelectorAll(SPOKEN)) {
      if (block.closest(UNSPOKEN)) continue;
      const walk = page.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (seen.has(node)) continue;
        seen.add(node);
        if (node.parentElement.closest(".note")) continue;
        for (let at = 0; at < node.data.length; at += 1) {
          add(/\s/.test(node.data[at]) ? " " : node.data[at], node, at);
        }
        this.last = { node, at: Math.max(0, node.data.length - 1) };
      }
      if (this.last) add(" ", this.last.node, this.last.at);
    }
  }

  find() {
    let from = 0;
    for (const cue of this.track.cues) {
      const text = cue.getCueAsHTML().textContent.replace(/\s+/g, " ");
      const at = this.text.indexOf(text, from);
      this.spans.set(cue.id, at < 0 ? undefined : [at, at + text.length]);
      if (at >= 0) from = at + text.length;
    }
  }

  // ── The telephone's own controls ──

  offerToTheSystem() {
    const { mediaSession } = navigator;
    if (!mediaSession || !window.MediaMetadata) return;
    this.sound.addEventListener("play", () => {
      const picture = page.querySelector('meta[property="og:image"]')?.content;
      mediaSession.metadata = new MediaMetadata({
        title: this.root.dataset.title ?? page.title,
        artist: this.root.dataset.name ?? "",
        artwork: picture ? [{ src: picture, sizes: "1200x630", type: "image/jpeg" }] : [],
      });
      const acts = {
        play: () => this.sound.play(),
        pause: () => this.sound.pause(),
        previoustrack: () => this.back(),
        nexttrack: () => this.next(),
        seekto: ({ seekTime }) => this.seek(seekTime),
      };
      for (const [name, act] of Object.entries(acts)) {
        try {
          mediaSession.setActionHandler(name, act);
        } catch {
          // An act that this browser does not know.
        }
      }
    });
  }

  fail() {
    this.unmark();
    const note = this.root.querySelector(".listen__failed");
    if (note) note.hidden = false;
  }
}
