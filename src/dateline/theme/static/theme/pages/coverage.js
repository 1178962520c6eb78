/* What is new since the reader was last here. When that was is kept in this browser alone. */
const page = document.querySelector(".coverage");
const name = `seen:${location.pathname}`;
try {
  const seen = Number(localStorage.getItem(name));
  for (const time of seen ? page.querySelectorAll(".river time, .teaser time") : []) {
    if (Date.parse(time.dateTime) <= seen) continue;
    const story = time.closest("li, .teaser");
    const title = story?.querySelector(".teaser__title");
    if (!title || title.querySelector(".coverage__new")) continue;
    const mark = document.createElement("span");
    mark.className = "coverage__new";
    mark.textContent = page.dataset.new;
    title.prepend(mark, " ");
  }
  localStorage.setItem(name, Date.now());
} catch {
  // A browser that keeps nothing knows of nothing new.
}
