"""An edition's shell and a page's head for the samples."""

from dateline.theme.bundle import css_bundle, icon_bundle, js_bundle
from dateline.theme.components import Alternate, BarItem, Branch, Head, LanguageLink, Link, Shell
from dateline.theme.samples.blocks import HERE, words_for

_TREE = {
    "en": (
        ("News", ("Politics", "Economy", "Sports", "Arts & Culture", "Health", "Technology", "Environment")),
        ("Articles", ("Opinion", "Analysis", "Blog", "Features")),
        ("Videos", ("Newsfeed", "Video features", "Explainers", "Digital series")),
        ("Look", ("In pictures", "Infographs")),
        ("Regions", ("Africa", "Asia", "Asia-Pacific", "Europe", "Latin America", "MENA", "Palestine", "US & Canada")),
    ),
    "ar": (
        ("أخبار", ("سياسة", "اقتصاد", "رياضة", "ثقافة وفنون", "صحة", "تكنولوجيا", "بيئة")),
        ("مقالات", ("رأي", "تحليل", "مدونة", "تقارير")),
        ("فيديو", ("موجز", "تقارير مصوّرة", "شرح", "سلاسل رقمية")),
        ("شاهد", ("بالصور", "إنفوغراف")),
        ("مناطق", ("أفريقيا", "آسيا", "آسيا والمحيط الهادئ", "أوروبا", "أميركا اللاتينية", "فلسطين")),
    ),
}
_ABOUT = {
    "en": (
        "Where it happened, and how we know.",
        "© 2026 Dateline",
        ("Contact", "Privacy: no cookies", "Accessibility"),
    ),
    "ar": ("أين حدث، وكيف عرفنا.", "© ٢٠٢٦ ديتلاين", ("اتصل بنا", "الخصوصية: بلا ملفات تعريف", "إتاحة الوصول")),
}


def sample_shell(code: str) -> Shell:
    """The shell of an edition in English or Arabic, with everything a shell can have but a logo."""
    name = words_for(code).name
    slogan, legal, pages = _ABOUT[code]
    tree = tuple(
        Branch(title, "" if at == len(_TREE[code]) - 1 else HERE, tuple(Link(child, HERE) for child in children))
        for at, (title, children) in enumerate(_TREE[code])
    )
    bar = [BarItem(child.title, HERE, current=at == 6) for at, child in enumerate(tree[0].children)]
    bar += [BarItem(child.title, HERE, apart=not at) for at, child in enumerate(tree[1].children)]
    bar += [BarItem(child.title, HERE, apart=not at) for at, child in enumerate(tree[3].children)]
    return Shell(
        code=code,
        direction="rtl" if code == "ar" else "ltr",
        name=name,
        home_url=f"/{code}",
        timezone="Asia/Beirut",
        slogan=slogan,
        digits="arab" if code == "ar" else "latn",
        legal=legal,
        tree=tree,
        bar=tuple(bar),
        pages=tuple(Link(title, HERE) for title in pages),
        social=(Link("Mastodon", "https://social.example/@dateline"),),
        css=css_bundle().url,
        js=js_bundle().url,
        icon=icon_bundle().url,
    )


def sample_head(code: str, title: str = "", path: str = "") -> Head:
    """A page's head with every field that a page with a picture has."""
    words = words_for(code)
    site = "https://dateline.example"
    return Head(
        title=f"{title} | {words.name}" if title else words.name,
        canonical=f"{site}/{code}{path}",
        description=words.main.stand,
        alternates=(Alternate("en", f"{site}/en{path}"), Alternate("ar", f"{site}/ar{path}")),
        languages=(
            LanguageLink("en", "English", f"/en{path}", "ltr", current=code == "en"),
            LanguageLink("ar", "العربية", f"/ar{path}", "rtl", current=code == "ar"),
            LanguageLink("es", "Español", "/es", "ltr"),
        ),
        image=f"{site}/static/theme/sample-3x2.webp",
        image_width=900,
        image_height=600,
        image_alt=words.alt,
        json_ld='{"@context":"https://schema.org","@type":"WebPage"}',
        feed=f"{site}/{code}/feed.xml",
    )
