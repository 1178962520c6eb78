/*
 * A film: played as a stream that fits the line where that can be done, as the plain file where not; with keys, chapters,
 * and the place where the reader left off.
 */
const { document: page } = window;
const HLS = "application/vnd.apple.mpegurl";
const PLACE = "dateline-clip:";

class Clip extends HTMLElement {
  connectedCallback() {
    this.media = this.querySelector(".clip__media");
    this.play = this.querySelector(".clip__play");
    this.calm = this.querySelector(".clip__calm");
    this.plain = this.media.querySelector("source:last-of-type").src;
    this.play.hidden = false;
    this.media.controls = !this.dataset.stream;
    this.play.addEventListener("click", () => this.begin());
    this.calm.querySelector("button").addEventListener("click", () => this.again());
    this.media.addEventListener("play", () => this.begin());
    this.media.addEventListener("playing", () => { this.calm.hidden = true; });
    this.media.addEventListener("timeupdate", () => this.moved());
    this.media.addEventListener("ended", () => this.keep(0));
    this.media.addEventListener("seeked", () => { if (!this.media.seeking) this.aim = undefined; });
    this.media.addEventListener("error", () => this.fail());
    this.media.lastElementChild?.addEventListener("error", () => this.fail());
    this.addEventListener("keydown", (event) => this.key(event));
    for (const link of this.querySelectorAll("[data-at]")) {
      link.addEventListener("click", (event) => { event.preventDefault(); this.go(Number(link.dataset.at)); });
    }
    this.called();
    window.addEventListener("hashchange", this.hear = () => this.called());
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.hear);
    this.hls?.destroy();
  }

  // An address may name a moment: #t=90
  called() {
    const named = /^#t=(\d+)$/.exec(location.hash);
    if (!named) return;
    this.from = Number(named[1]);
    this.scrollIntoView({ block: "center" });
    if (this.begun) this.media.currentTime = this.from;
  }

  // Once, before anything is loaded: a stream where the film has one and something here plays it.
  async begin() {
    this.play.hidden = true;
    if (this.begun) return;
    this.begun = true;
    this.media.controls = true;
    const { stream, player, language } = this.dataset;
    const start = this.from ?? this.kept();
    try {
      if (stream && this.media.canPlayType(HLS)) this.media.src = stream;
      else if (stream && player && window.MediaSource) {
        await import(player);
        const { Hls } = window;
        if (Hls?.isSupported()) {
          this.hls = new Hls({ enableWorker: false, capLevelToPlayerSize: true, startPosition: start || -1 });
          this.hls.on(Hls.Events.ERROR, (_name, { fatal }) => { if (fatal) this.simply(); });
          this.hls.loadSource(stream);
          this.hls.attachMedia(this.media);
        }
      }
    } catch {
      this.simply();
    }
    if (start) this.media.addEventListener("loadedmetadata", () => { this.media.currentTime = start; }, { once: true });
    this.media.focus({ preventScroll: true });
    this.told(language);
    this.media.play().catch(() => {});
  }

  // The plain file, from where the stream stopped.
  simply() {
    const at = this.media.currentTime;
    this.hls?.destroy();
    this.hls = undefined;
    if (this.simple) return;
    this.simple = true;
    this.media.src = this.plain;
    this.media.currentTime = at;
    this.media.play().catch(() => {});
  }

  fail() {
    if (!this.begun) return;
    if (this.dataset.stream && !this.simple) this.simply();
    else this.calm.hidden = false;
  }

  again() {
    const at = this.media.currentTime;
    this.calm.hidden = true;
    this.media.src = this.plain;
    this.media.currentTime = at;
    this.media.play().catch(() => { this.calm.hidden = false; });
  }

  go(seconds) {
    this.from = seconds;
    if (!this.begun) this.begin();
    else {
      this.media.currentTime = seconds;
      this.media.play().catch(() => {});
    }
  }

  // From where the last step led: until a stream has got there, it may still name the place it came from.
  step(seconds) {
    const { media } = this;
    const at = (media.seeking ? this.aim : undefined) ?? media.currentTime;
    this.aim = Math.max(0, Math.min(at + seconds, media.duration || Infinity));
    media.currentTime = this.aim;
  }

  moved() {
    const { currentTime: at, duration } = this.media;
    if (Math.abs(at - (this.noted ?? 0)) > 5) this.keep(at > 20 && at < duration - 20 ? at : 0);
    let here;
    for (const link of this.querySelectorAll("[data-at]")) {
      link.removeAttribute("aria-current");
      if (Number(link.dataset.at) <= at) here = link;
    }
    here?.setAttribute("aria-current", "true");
  }

  keep(at) {
    this.noted = at;
    try {
      if (at) localStorage.setItem(PLACE + location.pathname, Math.floor(at));
      else localStorage.removeItem(PLACE + location.pathname);
    } catch {
      // A browser that keeps nothing.
    }
  }

  kept() {
    try {
      return Number(localStorage.getItem(PLACE + location.pathname)) || 0;
    } catch {
      return 0;
    }
  }

  told() {
    if (!navigator.mediaSession) return;
    const { media } = this;
    navigator.mediaSession.metadata = new MediaMetadata({ title: media.getAttribute("aria-label") ?? page.title });
    navigator.mediaSession.setActionHandler("seekbackward", () => this.step(-10));
    navigator.mediaSession.setActionHandler("seekforward", () => this.step(10));
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("a, summary, button")) return;
    const { media } = this;
    const keys = {
      " ": () => (media.paused ? (this.begin(), media.play().catch(() => {})) : media.pause()),
      ArrowLeft: () => this.step(-5),
      ArrowRight: () => this.step(5),
      j: () => this.step(-10),
      l: () => this.step(10),
      m: () => { media.muted = !media.muted; },
      c: () => this.captions(),
      f: () => (page.fullscreenElement ? page.exitFullscreen() : media.requestFullscreen?.()),
    };
    keys.k = keys[" "];
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  captions() {
    const tracks = [...this.media.textTracks];
    const on = tracks.find(({ mode }) => mode === "showing");
    if (on) on.mode = "disabled";
    else if (tracks.length) tracks[0].mode = "showing";
  }
}

customElements.define("dateline-clip", Clip);
