/*
 * Listening: the player's script comes when a bar is first opened, and nothing of the sound before it is asked for.
 */
class Listen extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    details.addEventListener("toggle", () => this.open(), { once: true });
    if (details.open) this.open();
  }

  async open() {
    try {
      const { Player } = await import(this.dataset.script);
      this.player ??= new Player(this);
    } catch {
      // The browser's own controls are there.
    }
    return this.player;
  }
}

customElements.define("dateline-listen", Listen);

/* The newest stories, one after the other: where one ends, the next begins. */
class Playlist extends HTMLElement {
  connectedCallback() {
    const [all] = this.getElementsByClassName("hearing__all");
    all.hidden = false;
    all.addEventListener("click", () => this.play(0));
  }

  async play(at) {
    const bar = this.querySelectorAll("dateline-listen")[at];
    if (!bar) return;
    const details = bar.querySelector("details");
    details.open = true;
    const player = await bar.open();
    if (!player) return;
    player.sound.addEventListener("ended", () => {
      details.open = false;
      this.play(at + 1);
    }, { once: true });
    await player.start();
    bar.closest("li").scrollIntoView({ block: "nearest" });
  }
}

customElements.define("dateline-playlist", Playlist);
