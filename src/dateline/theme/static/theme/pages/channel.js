/*
 * A live channel: played by the browser where it can, by the player's own script where it cannot; with captions, and calm
 * when the stream does not answer.
 */
const { document: page } = window;
const HLS = "application/vnd.apple.mpegurl";
const PAUSES = [4, 8, 15, 30, 60];

class Channel extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.play = this.querySelector(".channel__play");
    this.calm = this.querySelector(".channel__calm");
    this.tries = 0;
    // The script decides when the stream is asked for; without it the browser's own controls do. A new element, for one
    // that has once had a source goes on to look for it.
    const bare = this.video.cloneNode(false);
    this.video.replaceWith(bare);
    this.video = bare;
    this.native = this.video.canPlayType(HLS) !== "";
    if (!this.native && !this.dataset.player) {
      this.video.hidden = true;
      this.classList.add("is-closed");
      return;
    }
    this.play.hidden = false;
    this.video.controls = false;
    this.play.addEventListener("click", () => this.begin());
    this.calm.querySelector("button").addEventListener("click", () => this.again());
    this.video.addEventListener("playing", () => this.plays());
    this.video.addEventListener("error", () => this.fail());
    this.video.addEventListener("ended", () => this.fail());
    this.video.addEventListener("stalled", () => this.wait());
    this.video.addEventListener("waiting", () => this.wait());
    this.video.textTracks.addEventListener("addtrack", () => this.caption());
    page.addEventListener("dateline-live", this.hear = ({ detail }) => this.told(detail.kind, detail.data));
  }

  disconnectedCallback() {
    page.removeEventListener("dateline-live", this.hear);
    clearTimeout(this.later);
    clearTimeout(this.patience);
    this.hls?.destroy();
  }

  async begin() {
    this.play.hidden = true;
    this.classList.add("is-open");
    this.video.controls = true;
    this.wait();
    try {
      if (this.native) {
        this.video.src = this.dataset.stream;
        await this.video.play();
      } else await this.help();
    } catch (error) {
      // Asked to pause, or not allowed to begin by itself: the controls are there.
      if (error?.name !== "AbortError" && error?.name !== "NotAllowedError") this.fail();
    }
  }

  async help() {
    await import(this.dataset.player);
    const { Hls } = window;
    if (!Hls?.isSupported()) throw new Error("no media source");
    this.hls?.destroy();
    this.hls = new Hls({ enableWorker: false, subtitlePreference: { lang: this.dataset.language } });
    this.hls.on(Hls.Events.ERROR, (_name, { fatal }) => { if (fatal) this.fail(); });
    this.hls.on(Hls.Events.SUBTITLE_TRACKS_UPDATED, () => { this.hls.subtitleDisplay = true; });
    this.hls.loadSource(this.dataset.stream);
    this.hls.attachMedia(this.video);
    await this.video.play();
  }

  plays() {
    this.tries = 0;
    clearTimeout(this.patience);
    clearTimeout(this.later);
    this.calm.hidden = true;
    this.caption();
  }

  // Nothing has come for a while: that is a failure, too.
  wait() {
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.fail(), 12000);
  }

  fail() {
    clearTimeout(this.patience);
    clearTimeout(this.later);
    this.hls?.destroy();
    this.hls = undefined;
    this.calm.hidden = false;
    this.later = setTimeout(() => this.again(), PAUSES[Math.min(this.tries, PAUSES.length - 1)] * 1000);
    this.tries += 1;
  }

  again() {
    clearTimeout(this.later);
    this.calm.hidden = true;
    this.begin();
  }

  // Captions are on, in the page's language if they come in it.
  caption() {
    const tracks = [...this.video.textTracks].filter(({ kind }) => kind === "captions" || kind === "subtitles");
    if (!tracks.length || tracks.some(({ mode }) => mode === "showing") || this.chosen) return;
    const mine = tracks.find(({ language }) => language.startsWith(this.dataset.language.slice(0, 2))) ?? tracks[0];
    mine.mode = "showing";
    this.chosen = true;
  }

  // What is on has changed: the page itself knows.
  async told(kind) {
    if (!["channel.on", "channel.off", "reload"].includes(kind)) return;
    await new Promise((go) => setTimeout(go, Math.random() * 2000));
    try {
      const answer = await fetch(location.pathname, { credentials: "omit", cache: "no-cache" });
      if (!answer.ok) return;
      const sheet = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of [".channel__mark", ".channel__now", ".channel__day"]) {
        const [mine, theirs] = [page.querySelector(part), sheet.querySelector(part)];
        if (mine && theirs) mine.replaceWith(theirs);
      }
    } catch {
      // Off line: what was printed stays.
    }
  }
}

customElements.define("dateline-channel", Channel);
