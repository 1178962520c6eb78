/*
 * The writing screen of live coverage: Ctrl+Enter posts, what is typed is kept, what others post appears. A post that does
 * not get through is sent again under the same key until it has, so that it is there once.
 */
(() => {
  const room = document.querySelector(".live");
  const form = room?.querySelector("[data-live-form]");
  if (!form) return;
  const said = form.querySelector(".live__kept");
  const problem = form.querySelector(".live__problem");
  let sending = false;
  let dirty = false;
  let timer;

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation(); // or the text takes it for a new line
      // A text that is being written reaches its field a moment after the key.
      setTimeout(() => form.requestSubmit(), 120);
    }
  }, true);

  const show = (errors) => {
    problem.replaceChildren(...errors.map((error) => {
      const line = document.createElement("p");
      line.textContent = error;
      return line;
    }));
    problem.hidden = !errors.length;
  };

  const wait = (ms) => new Promise((go) => setTimeout(go, ms));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    show([]);
    said.textContent = said.dataset.sending;
    const body = new URLSearchParams(new FormData(form));
    for (;;) {
      try {
        const answer = await fetch(form.action, {
          method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" }, redirect: "error",
        });
        if (answer.ok) {
          dirty = false;
          location.assign(room.dataset.here);
          return;
        }
        if (answer.status === 409) {
          // The page that shows both texts.
          dirty = false;
          form.submit();
          return;
        }
        if (answer.status === 400) {
          show((await answer.json()).errors);
          said.textContent = "";
          break;
        }
        if (answer.status < 500) {
          show([`${answer.status} ${answer.statusText}`]);
          said.textContent = "";
          break;
        }
      } catch {
        // No connection, or the desk is starting anew.
      }
      said.textContent = said.dataset.again;
      await wait(2000);
      said.textContent = said.dataset.sending;
    }
    sending = false;
  });

  const keep = async () => {
    if (sending) return;
    try {
      const answer = await fetch(room.dataset.keep, {
        method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
      });
      if (answer.ok) {
        dirty = false;
        said.textContent = said.dataset.kept;
      }
    } catch {
      // It is kept a moment later.
    }
  };
  let before = "";
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  setInterval(() => {
    const now = new URLSearchParams(new FormData(form)).toString();
    // A form that nobody has touched yet is still being set up.
    if (!touched) before = now;
    if (now === before) return;
    before = now;
    dirty = true;
    said.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(keep, 1000);
  }, 500);
  addEventListener("beforeunload", (event) => { if (dirty && !sending) event.preventDefault(); });

  // What others do. An older part of the list does not change by itself.
  const list = room.querySelector(".live__list");
  const look = async () => {
    if (document.visibilityState === "visible" && !("old" in room.dataset) && !list.querySelector("details[open]")) {
      try {
        const changes = list.querySelector("[data-changes]").dataset.changes;
        const answer = await fetch(`${room.dataset.list}?changes=${changes}`, { credentials: "same-origin" });
        if (answer.status === 200 && !list.contains(document.activeElement)) list.innerHTML = await answer.text();
      } catch {
        // The next look, perhaps.
      }
    }
    setTimeout(look, 3000);
  };
  setTimeout(look, 3000);
})();
