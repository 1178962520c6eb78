/*
 * The page's line to what happens: one stream of events for all islands, each of which listens for "dateline-live" on the
 * document. It catches up from where the page was printed, rests while nobody looks, and asks now and then where a stream
 * cannot get through.
 */
const KINDS = ["alert.created", "alert.edited", "alert.withdrawn", "alert.expired", "story.published", "story.withdrawn",
  "update.created", "update.edited", "update.withdrawn", "update.pinned", "coverage.changed", "channel.on", "channel.off",
  "reload", "hello"];
const REST = 20000;
const ASK = 20000;
const PATIENCE = 12000;

class Line {
  constructor(path, position) {
    this.path = path;
    this.position = position;
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.close());
    addEventListener("pageshow", () => this.look());
    this.look();
  }

  look() {
    clearTimeout(this.resting);
    if (document.visibilityState === "visible") this.open();
    else this.resting = setTimeout(() => this.close(), REST);
  }

  open() {
    if (this.source || this.asking) return;
    if (this.blocked || !window.EventSource) return this.ask();
    this.source = new EventSource(`${this.path}?after=${this.position}`);
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) => this.tell(kind, JSON.parse(event.data), event.lastEventId));
    }
    this.source.onerror = () => {
      // The browser comes back by itself unless it was refused.
      if (this.source?.readyState === EventSource.CLOSED) this.give();
    };
    this.waiting = setTimeout(() => this.give(), PATIENCE);
  }

  close() {
    this.source?.close();
    this.source = undefined;
    clearTimeout(this.waiting);
    clearTimeout(this.asking);
    this.asking = undefined;
  }

  // Nothing comes through: ask instead.
  give() {
    this.close();
    this.blocked = true;
    this.ask();
  }

  async ask() {
    this.asking = setTimeout(() => this.ask(), ASK * (0.75 + Math.random() / 2));
    try {
      const answer = await fetch(`${this.path}/since/${this.position}`, { credentials: "omit" });
      if (!answer.ok) return;
      const { last, events, reload } = await answer.json();
      if (reload) this.tell("reload", {}, last);
      for (const { id, kind, data } of events ?? []) this.tell(kind, data, id);
      this.position = last;
    } catch {
      // Off line: the next time, perhaps.
    }
  }

  tell(kind, data, id) {
    clearTimeout(this.waiting);
    if (id) this.position = id;
    document.dispatchEvent(new CustomEvent("dateline-live", { detail: { kind, data } }));
  }
}

const start = () => {
  const story = document.querySelector("[data-live-story]");
  const place = story ?? document.querySelector("[data-live]");
  if (!place) return;
  new Line(story ? story.dataset.liveStory : place.dataset.live, place.dataset.position);
};
// When whatever listens has been defined: all scripts of the page run before this.
if (document.readyState === "complete") start();
else document.addEventListener("DOMContentLoaded", start);
