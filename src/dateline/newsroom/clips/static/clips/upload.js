/*
 * A file is sent in pieces while the rest of the form is written. A line that breaks costs one piece: it goes on where it
 * was. What is being prepared tells how far it is.
 */
(() => {
  const PIECE = 4 * 1024 * 1024;
  const PAUSES = [1, 2, 4, 8, 15, 30];
  const wait = (seconds) => new Promise((go) => { setTimeout(go, seconds * 1000); });
  const cookie = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  async function ask(address, query, body) {
    const answer = await fetch(`${address}?${new URLSearchParams(query)}`, {
      method: "POST",
      headers: { "X-CSRFToken": cookie(), "Content-Type": "application/octet-stream" },
      body,
    });
    // What went through is told by its words, whatever the status; a proxy's own page is not.
    const said = await answer.json();
    return { ok: answer.ok, ...said };
  }

  function watch(box) {
    const input = box.querySelector("input[type=file]");
    const token = box.querySelector("input[type=hidden]");
    const bar = box.querySelector("progress");
    const note = box.querySelector(".clip-file__said");
    const { dataset } = box;
    let turn = 0;

    const say = (text, wrong = false) => {
      note.hidden = false;
      note.textContent = text;
      box.classList.toggle("is-wrong", wrong);
    };

    async function send(file, mine) {
      const begun = await ask(dataset.upload, { name: file.name, size: file.size });
      if (!begun.ok) throw new Error(begun.error);
      let sent = 0;
      let failed = 0;
      while (sent < file.size) {
        if (mine !== turn) return;
        try {
          const done = await ask(dataset.upload, { token: begun.token, offset: sent }, file.slice(sent, sent + PIECE));
          if (!done.ok && done.received === undefined) throw Object.assign(new Error(done.error), { over: true });
          sent = done.received;
          failed = 0;
          bar.value = Math.round((100 * sent) / file.size);
          say(`${dataset.textGoing} ${file.name}: ${bar.value} %`);
        } catch (error) {
          if (error.over || failed >= 40) throw error;
          say(dataset.textAgain);
          await wait(PAUSES[Math.min(failed, PAUSES.length - 1)]);
          failed += 1;
        }
      }
      if (mine !== turn) return;
      token.value = begun.token;
      // The form itself carries its name alone.
      input.value = "";
      input.required = false;
      say(`${file.name}: ${dataset.textDone}`);
    }

    input.addEventListener("change", async () => {
      const [file] = input.files;
      turn += 1;
      token.value = "";
      if (!file) return;
      if (file.size > Number(dataset.most)) {
        input.value = "";
        say(dataset.textLarge, true);
        return;
      }
      bar.hidden = false;
      bar.value = 0;
      say(`${dataset.textGoing} ${file.name}: 0 %`);
      const title = document.querySelector("#id_title");
      if (title && !title.value) {
        title.value = file.name.replace(/\.[^.]+$/, "").replace(/[_-]+/g, " ");
        title.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const mine = turn;
      const form = input.form;
      const hold = (event) => { if (mine === turn && !token.value && input.value) { event.preventDefault(); event.stopImmediatePropagation(); say(`${dataset.textGoing} ${file.name}: ${bar.value} %`); } };
      form?.addEventListener("submit", hold, { capture: true });
      try {
        await send(file, mine);
      } catch (error) {
        if (mine === turn) {
          input.value = "";
          say(error.message || dataset.textFailed, true);
        }
      } finally {
        form?.removeEventListener("submit", hold, { capture: true });
        if (mine === turn) bar.hidden = true;
      }
    });
  }

  async function follow(line) {
    const said = line.querySelector(".clip-status__said");
    const bar = line.querySelector("progress");
    while (line.isConnected && line.dataset.state === "waiting") {
      await wait(2);
      try {
        const answer = await fetch(line.dataset.status, { headers: { Accept: "application/json" } });
        const now = await answer.json();
        said.textContent = now.said;
        bar.value = now.progress;
        line.dataset.state = now.state;
        line.className = `clip-status clip-status--${now.state}`;
        bar.hidden = now.state !== "waiting";
      } catch {
        await wait(10);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".clip-file").forEach(watch);
    document.querySelectorAll(".clip-status").forEach(follow);
  });
})();
