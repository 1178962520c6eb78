"""The small pages that the stand makes itself, for when neither the store nor the desk has one."""

import base64
import hashlib
import html
from functools import lru_cache
from http import HTTPStatus

from dateline.stand.exchange import Headers, Reply

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#fbf9f5;color:#1c1a17;"
    "font:1.125rem/1.6 system-ui,sans-serif}"
    "main{max-width:34rem;padding:2rem}"
    "h1{margin:0 0 .75rem;font-family:Charter,'Iowan Old Style',Georgia,'Noto Serif',serif;font-size:1.75rem;"
    "line-height:1.3}"
    ":lang(ar){line-height:1.75}:lang(ar) h1{font-family:'Noto Kufi Arabic','Geeza Pro','Segoe UI',Tahoma,sans-serif;"
    "line-height:1.6}"
    "p{margin:0 0 1rem}a{color:inherit}"
    "@media(prefers-color-scheme:dark){body{background:#191714;color:#e8e3da}}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Headers = [
    ("content-type", "text/html; charset=utf-8"),
    (
        "content-security-policy",
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
]

#: Direction, and heading and text of each notice, by language. The first language is the one for everybody else.
_WORDS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "en": (
        "ltr",
        {
            "absent": ("Page not found", "Nothing is at this address. It may have moved, or the link is mistyped."),
            "busy": ("One moment, please", "This page is being prepared. Please try again in a few seconds."),
            "broken": ("Something went wrong", "The fault is ours, and it has been noted. Please try again shortly."),
            "often": (
                "A little slower, please",
                "So many searches have come from here that this one has to wait a moment.",
            ),
            "refused": ("This address does not work", "The request could not be understood. Please check the link."),
            "front": ("Go to the front page", ""),
        },
    ),
    "ar": (
        "rtl",
        {
            "absent": ("الصفحة غير موجودة", "لا يوجد شيء في هذا العنوان. ربما نُقلت الصفحة أو كُتب الرابط خطأً."),
            "busy": ("لحظة من فضلك", "نجهّز هذه الصفحة الآن. يُرجى المحاولة مرة أخرى بعد ثوانٍ قليلة."),
            "broken": ("حدث خطأ ما", "الخطأ من جانبنا وقد سُجّل. يُرجى المحاولة مرة أخرى بعد قليل."),
            "often": ("مهلاً قليلاً", "وردت من هنا عمليات بحث كثيرة، فعلى هذه أن تنتظر لحظة."),
            "refused": ("هذا العنوان لا يعمل", "تعذّر فهم الطلب. يُرجى التحقق من الرابط."),
            "front": ("الذهاب إلى الصفحة الرئيسية", ""),
        },
    ),
    "es": (
        "ltr",
        {
            "absent": ("Página no encontrada", "Aquí no hay nada. Quizá se haya movido o el enlace sea erróneo."),
            "busy": ("Un momento, por favor", "Estamos preparando esta página. Inténtelo de nuevo en unos segundos."),
            "broken": ("Algo ha fallado", "El error es nuestro y ha quedado anotado. Inténtelo de nuevo en breve."),
            "often": (
                "Un poco más despacio",
                "Desde aquí han llegado tantas búsquedas que esta debe esperar un momento.",
            ),
            "refused": ("Esta dirección no funciona", "No se ha entendido la petición. Compruebe el enlace."),
            "front": ("Ir a la portada", ""),
        },
    ),
}

_KINDS = {404: "absent", 410: "absent", 429: "often", 502: "busy", 503: "busy", 504: "busy", 500: "broken"}


def notice(status: int, path: str = "/", accept_language: str | None = None, *, retry_after: int = 0) -> Reply:
    """A calm page for `status` in the language of `path`'s edition, else in the one the reader's browser asks for.

    `retry_after` is in seconds; 0 sends no such header.
    """
    language = path.split("/", 2)[1] if path.startswith("/") else ""
    headers = list(HEADERS)
    if language not in _WORDS:
        language = choose_language(accept_language)
        headers.append(("vary", "Accept-Language"))
    headers.append(("content-language", language))
    headers.append(("cache-control", "public, max-age=0, must-revalidate" if status == 404 else "no-store"))
    if retry_after:
        headers.append(("retry-after", str(retry_after)))
    if status in (405, 501):
        headers.append(("allow", "GET, HEAD"))
    return Reply(status, headers, _page(status, language))


@lru_cache(maxsize=256)
def choose_language(accept_language: str | None) -> str:
    """The best of the notices' languages for an `Accept-Language` header."""
    best, best_weight = next(iter(_WORDS)), 0.0
    for part in (accept_language or "").lower().split(","):
        name, _, parameter = part.partition(";")
        language = name.strip().split("-")[0]
        try:
            weight = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if language in _WORDS and weight > best_weight:
            best, best_weight = language, weight
    return best


@lru_cache(maxsize=64)
def _page(status: int, language: str) -> bytes:
    direction, words = _WORDS[language]
    heading, text = words[_KINDS.get(status, "refused")]
    phrase = HTTPStatus(status).phrase
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex">\n'
        f"<title>{html.escape(heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{html.escape(heading)}</h1>\n<p>{html.escape(text)}</p>\n"
        f'<p><a href="/">{html.escape(words["front"][0])}</a></p>\n'
        f'<p><small lang="en" dir="ltr">{status} {phrase}</small></p>\n</main>\n</body>\n</html>\n'
    ).encode()
