/*
 * That a story is being read: told once, when it has been looked at for some seconds, with the kind of page that led to it.
 * No cookie, no name.
 */
const read = document.querySelector("[data-reads]");
const LOOKED = 5000;

const source = () => {
  if (!document.referrer) return "direct";
  const { origin, hostname } = new URL(document.referrer);
  if (origin === location.origin) return "internal";
  if (/(^|\.)(google|bing|duckduckgo|yahoo|yandex|ecosia|baidu|qwant|startpage|brave)\./.test(hostname)) return "search";
  if (/(^|\.)(facebook|instagram|threads|x|t|twitter|linkedin|reddit|tiktok|youtube|whatsapp|telegram|bsky|pinterest)\.\w+$/.test(hostname)) return "social";
  return "other";
};

if (read && navigator.sendBeacon) {
  let left = LOOKED, since, timer;
  const look = () => {
    clearTimeout(timer);
    if (since) left -= Date.now() - since;
    since = undefined;
    if (document.visibilityState !== "visible") return;
    since = Date.now();
    timer = setTimeout(() => {
      document.removeEventListener("visibilitychange", look);
      navigator.sendBeacon("/-/read", `${location.pathname}\n${source()}`);
    }, Math.max(0, left));
  };
  document.addEventListener("visibilitychange", look);
  look();
}
