"""The catalogues say everything the sources say, in whole and grammatical forms, and nothing is said around them."""

import ast
import builtins
import io
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from gettext import c2py
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize

import dateline

PACKAGE = Path(dateline.__file__).parent
CODES = ("ar", "es")
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
#: Where readers' and editors' words are: the command's and the demo's are in English.
SPOKEN = [path for path in SOURCES if path.relative_to(PACKAGE).parts[0] in {"newsroom", "desk", "theme"}]

#: Names that are the same in every language.
NAMES = {"RSS", "WhatsApp", "Telegram", "X", "Facebook"}
#: Spanish has the English word, or writes the same.
SAME_IN_SPANISH = {"Audio", "Blog", "Video", "embargo", "series", "slug", "%(number)s MB", "%(number)s min"}

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|</?[a-z][^<>]*>")
#: Functions that mark a message, and which of their arguments are its context, its singular and its plural.
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

#: Context, message, plural; "" for what a message does not have.
Key = tuple[str, str, str]


# ── The catalogues ──


@cache
def catalogue(code: str) -> Catalog:
    path = PACKAGE / "locale" / code / "LC_MESSAGES" / "django.po"
    return read_po(io.BytesIO(path.read_bytes()), ignore_obsolete=False)


def messages(code: str) -> list[Message]:
    return [message for message in catalogue(code) if message.id]


def key_of(message: Message) -> Key:
    one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
    return message.context or "", one, many


def forms_of(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def exact_forms(code: str) -> set[int]:
    """The plural forms that one number alone takes, so that they may say it in words: Arabic's two, Spanish's one."""
    plural = plural_of(catalogue(code).plural_forms)
    used = Counter(plural(number) for number in [*range(2000), 1_000_000, 2_000_000])
    return {form for form, times in used.items() if times == 1}


def plural_of(header: str) -> Callable[[int], int]:
    return c2py(re.sub(r".*plural=|;\s*$", "", header))


def text_plural(forms: tuple[str, ...], count: int) -> bool:
    return len(forms) == count and all(form.strip() for form in forms)


@pytest.mark.parametrize("code", CODES)
def test_every_message_is_translated_in_all_its_forms(code: str) -> None:
    found = catalogue(code)
    assert len(found) > 150
    assert not found.fuzzy
    assert not found.obsolete
    wrong = [
        message.id
        for message in messages(code)
        if message.fuzzy or not text_plural(forms_of(message), found.num_plurals if message.pluralizable else 1)
    ]
    assert not wrong


@pytest.mark.parametrize("code", CODES)
def test_no_translation_is_the_english_left_as_it_was(code: str) -> None:
    def untouched(message: Message) -> bool:
        forms = forms_of(message)
        if not re.search(r"[^\W\d_]", re.sub(r"%\(\w+\)[sd]", "", key_of(message)[1])):
            return False  # signs between values
        if code == "ar":
            return not all(re.search(r"[\u0621-\u064a]{2}", form) for form in forms)
        return key_of(message)[1] in forms and key_of(message)[1] not in SAME_IN_SPANISH

    assert not [message.id for message in messages(code) if untouched(message)]


@pytest.mark.parametrize("code", CODES)
def test_translations_hold_the_placeholders_of_their_messages(code: str) -> None:
    exact = exact_forms(code)
    wrong = []
    for message in messages(code):
        singular, plural = key_of(message)[1:]
        for form, text in enumerate(forms_of(message)):
            wanted, held = Counter(PLACEHOLDER.findall(plural or singular)), Counter(PLACEHOLDER.findall(text))
            if plural and form in exact:
                held["%(number)s"] = wanted["%(number)s"]
            if +held != +wanted:
                wrong.append((text, dict(wanted), dict(held)))
    assert not wrong


def test_only_the_forms_of_one_number_may_leave_the_number_out() -> None:
    assert exact_forms("ar") == {0, 1, 2}
    assert exact_forms("es") == {0}


@pytest.mark.parametrize("code", CODES)
def test_the_catalogues_count_as_djangos_own_do(code: str) -> None:
    path = Path(django.__file__).parent / "conf" / "locale" / code / "LC_MESSAGES" / "django.po"
    header = re.sub(r'"\n"', "", path.read_text())
    theirs = re.search(r"Plural-Forms: ([^\\]+)\\n", header)
    assert theirs is not None
    ours, other = plural_of(catalogue(code).plural_forms), plural_of(theirs[1])
    numbers = [*range(300), 1000, 1_000_000, 1_000_001]
    assert [ours(n) for n in numbers] == [other(n) for n in numbers]
    assert {ours(n) for n in numbers} == set(range(catalogue(code).num_plurals))


@pytest.mark.parametrize("code", CODES)
def test_headers_name_the_project_and_the_language(code: str) -> None:
    found = catalogue(code)
    # One word alone is a version to Babel.
    assert (f"{found.project} {found.version}".strip(), found.locale_identifier) == ("Dateline", code)
    assert "@" not in found.header_comment + found.last_translator + found.language_team


# ── The sources ──


def keys_in(source: str) -> set[Key]:
    """What Python source marks for translation."""
    found: set[Key] = set()
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        parts = text if isinstance(text, tuple) else (text,)
        found.add((context or "", parts[0], parts[1] if len(parts) > 1 else ""))
    return found


def template_keys(template: str) -> set[Key]:
    """What a template marks: Django writes its tags as Python calls. Indentation would mean something there."""
    return keys_in("\n".join(line.strip() for line in templatize(template).splitlines()))


def sources_say() -> set[Key]:
    """Every message of the sources; one that is said both alone and counted is the counted one."""
    found: set[Key] = set()
    for path in SOURCES:
        found |= keys_in(path.read_text())
    for path in TEMPLATES:
        found |= template_keys(path.read_text())
    counted = {key[:2] for key in found if key[2]}
    return {key for key in found if key[2] or key[:2] not in counted}


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_has_what_the_sources_say_and_nothing_else(code: str) -> None:
    wanted, held = sources_say(), {key_of(message) for message in messages(code)}
    assert not wanted - held, "not in the catalogue: run makemessages, translate"
    assert not held - wanted, "no longer in the sources"


def test_the_extraction_understands_what_templates_can_say() -> None:
    template = """
    {% translate "Alone" %} {% translate "Named" context "place" as name %} {{ thing|default:_("Else") }}
      {% blocktranslate trimmed count number=stories|length context "list" %}
        One
          story
      {% plural %} {{ number }} of
        them {% endblocktranslate %}
    {% blocktranslate with a=b %}It is <b>{{ a }}</b>{% endblocktranslate %}"""
    assert template_keys(template) == {
        ("", "Alone", ""),
        ("place", "Named", ""),
        ("", "Else", ""),
        ("list", "One story", "%(number)s of them"),
        ("", "It is <b>%(a)s</b>", ""),
    }
    python = 'a = npgettext("c", "one", "%(number)s", n), pgettext("c", "o"), _("x" "y"), ngettext("a", "b", 2)'
    assert keys_in(python) == {("c", "one", "%(number)s"), ("c", "o", ""), ("", "xy", ""), ("", "a", "b")}


#: Arguments and attributes whose value an editor or a reader sees.
SEEN = {"label", "heading", "help_text", "verbose_name", "verbose_name_plural", "admin_text", "menu_label"}
#: Calls whose text does; Python's own errors are for the programmer.
SAYING = re.compile(rf"(?!(?:{'|'.join(dir(builtins))})$)\w*Error|AddressTaken|Button|messages\.\w+")
#: What these say is for the operator or the programmer.
UNSPOKEN = {
    "apps.py",
    "roles.py",
    "worker.py",
    "engine.py",
    "figures",
    "voices.py",
    "templatetags",
    "accent.py",
    "bundle.py",
    "samples",
    "tidy.py",
}


def unmarked(source: str) -> list[str]:
    """Words for people that no function marks, and marks inside an f-string, which the extraction does not see."""
    found = []

    def bare(node: ast.expr | None) -> bool:
        if isinstance(node, ast.JoinedStr):
            return True
        return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search("[a-z]", node.value))

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
            found += [ast.unparse(node) for call in calls if ast.unparse(call.func) in KEYWORDS]
        elif isinstance(node, ast.keyword) and node.arg in SEEN and bare(node.value):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Assign) and bare(node.value):
            found += [ast.unparse(node) for target in node.targets if ast.unparse(target) in SEEN]
        elif isinstance(node, ast.Call) and SAYING.fullmatch(ast.unparse(node.func)):
            found += [ast.unparse(node) for argument in node.args if bare(argument)]
    return found


def test_no_word_for_an_editor_or_a_reader_is_left_unmarked() -> None:
    found = {
        str(path.relative_to(PACKAGE)): words
        for path in SPOKEN
        if not UNSPOKEN & set(path.parts) and (words := unmarked(path.read_text()))
    }
    assert not found
    assert unmarked('Block(label="Words")')
    assert unmarked('class A:\n    verbose_name = "words"')
    assert unmarked("raise StoryError(f'No {words}')")
    assert unmarked("""title = f"{_('Words')} | {name}" """)
    assert not unmarked('raise ValueError("words")')
    assert not unmarked('Block(label=_("Words"), icon="pick"); messages.error(request, _("Words") % {"a": "b"})')


def written_words(template: str) -> list[str]:
    """Words that a template itself says: in its text, in what is read aloud, and in what it hands to a part."""
    html, inside, found = "", False, []
    for token in Lexer(template).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        inside = tag.startswith("blocktrans") or (inside and not tag.startswith("endblocktrans"))
        if token.token_type == TokenType.TEXT and not inside:
            html += token.contents
        elif tag in {"include", "with"}:
            found += re.findall(r'\b(?:title|label|heading|note|text)="([^"]+)"', token.contents)

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.extend(re.findall(r"[^\W\d_]+", data))

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if self.cdata_elem:
                return
            for name, value in attrs:
                if name in {"aria-label", "title", "alt", "placeholder", "data-done"}:
                    found.extend(re.findall(r"[^\W\d_]+", value or ""))

    parser = Words()
    parser.feed(html)
    parser.close()
    return [word for word in found if word not in NAMES]


def test_no_template_says_anything_but_by_a_translation() -> None:
    said = {str(path.relative_to(PACKAGE)): words for path in TEMPLATES if (words := written_words(path.read_text()))}
    assert not said
    assert written_words('<p class="a">Share {{ title }}</p>') == ["Share"]
    assert written_words('<nav aria-label="{% if a %}{{ b }}{% else %}Menu{% endif %}">') == ["Menu"]
    assert written_words('{% include "a.html" with title="Newest" %}') == ["Newest"]
    assert not written_words('{% blocktranslate %}Share{% endblocktranslate %}<b title="{% translate "Menu" %}">–</b>')


# ── Through Django ──


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The catalogues as a package holds them, made from the sources here and now."""
    root = tmp_path_factory.mktemp("locale")
    for code in CODES:
        (root / code / "LC_MESSAGES").mkdir(parents=True)
        with (root / code / "LC_MESSAGES" / "django.mo").open("wb") as out:
            write_mo(out, catalogue(code))
    return root


@pytest.fixture
def translated(compiled: Path, settings: Any) -> None:
    settings.LOCALE_PATHS = [compiled]


COUNTED = {
    ("ar", "%(number)s picture"): {
        0: "لا صور",
        1: "صورة واحدة",
        2: "صورتان",
        3: "3 صور",
        10: "10 صور",
        11: "11 صورة",
        99: "99 صورة",
        100: "100 صورة",
        103: "103 صور",
    },
    ("ar", "This story is %(number)s year old."): {
        1: "مرّ عام على نشر هذه المادة.",
        2: "مرّ عامان على نشر هذه المادة.",
        3: "مرّت 3 أعوام على نشر هذه المادة.",
        11: "مرّ 11 عامًا على نشر هذه المادة.",
        100: "مرّ 100 عام على نشر هذه المادة.",
    },
    ("ar", "%(number)s min read"): {
        1: "تُقرأ في دقيقة",
        2: "تُقرأ في دقيقتين",
        7: "تُقرأ في 7 دقائق",
        25: "تُقرأ في 25 دقيقة",
    },
    ("es", "%(number)s picture"): {
        0: "0 imágenes",
        1: "1 imagen",
        2: "2 imágenes",
        1_000_000: "1000000 de imágenes",
    },
    ("es", "This story is %(number)s year old."): {1: "Esta nota tiene 1 año.", 2: "Esta nota tiene 2 años."},
}


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize(("code", "singular"), COUNTED)
def test_numbers_take_the_form_their_language_gives_them(code: str, singular: str) -> None:
    plural = next(many for _context, one, many in map(key_of, messages(code)) if one == singular)
    with override(code):
        said = {n: ngettext(singular, plural, n) % {"number": n} for n in COUNTED[code, singular]}
    assert said == COUNTED[code, singular]


@pytest.mark.usefixtures("translated")
def test_each_language_has_its_own_words_and_djangos_stay() -> None:
    said = {}
    for code in ("en", "ar", "es"):
        with override(code):
            said[code] = (gettext("In pictures"), gettext("Skip to the news"), ngettext("Correction", "Corrections", 2))
    assert said == {
        "en": ("In pictures", "Skip to the news", "Corrections"),
        "ar": ("بالصور", "انتقل إلى الأخبار", "تصويبان"),
        "es": ("En imágenes", "Ir a las noticias", "Correcciones"),
    }
    with override("es"):
        assert gettext("Publish") == "Publicar"
        assert "horas" in ngettext("%(num)d hour", "%(num)d hours", 2)
    with override("ar"):
        assert "ساعتين" in ngettext("%(num)d hour", "%(num)d hours", 2)
