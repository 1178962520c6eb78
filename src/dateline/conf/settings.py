"""Django's settings, made from the newsroom folder's options."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy

from dateline.conf.options import ask_token, load_options, newsroom_folder

HOME = newsroom_folder()
OPTIONS = load_options(HOME)
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = OPTIONS["debug"]
SECRET_KEY = OPTIONS["secret_key"] or "only for a folder that is not a newsroom yet"
BASE_URL = OPTIONS["base_url"]
_PUBLIC_HOST = urlsplit(BASE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = [_PUBLIC_HOST, "127.0.0.1", "localhost", "[::1]", *OPTIONS["allowed_hosts"]]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "dateline.newsroom.editions",
    "dateline.newsroom.pictures",
    "dateline.newsroom.clips",
    "dateline.newsroom.stories",
    "dateline.newsroom.fronts",
    "dateline.newsroom.live",
    "dateline.newsroom.broadcast",
    "dateline.newsroom.find",
    "dateline.newsroom.listen",
    "dateline.newsroom.reads",
    "dateline.newsroom.trackers",
    "dateline.press",
    "dateline.desk",
    "dateline.theme",
    "dateline.wire",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "dateline.press.middleware.PrintingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "dateline.conf.urls"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database(address: str) -> dict[str, object]:
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "newsroom.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
                    " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
                ),
            },
            # A file even in tests: several processes and threads work on it.
            "TEST": {"NAME": HOME / "test.sqlite3"},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(OPTIONS["database"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "desk.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "wagtailadmin_login"

USE_I18N = True
USE_TZ = True
TIME_ZONE = OPTIONS["time_zone"]
LANGUAGE_CODE = OPTIONS["language"]
LANGUAGES = [(code, gettext_lazy(info["name"])) for code, info in sorted(LANG_INFO.items()) if "name" in info]
LANGUAGES += [(code, code) for code in OPTIONS["languages"]]
LOCALE_PATHS = [PACKAGE / "locale"]
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("ar", "العربية"), ("es", "Español"), ("fr", "Français")]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STORE_ROOT = HOME / "store" / urlsplit(BASE_URL).netloc.replace(":", "_")

# Paths are from the newsroom's folder.
TRUSTED_SIGNERS, SIGNING_CERTIFICATE, SIGNING_KEY = (
    str(HOME / OPTIONS[name]) if OPTIONS[name] else ""
    for name in ("trusted_signers", "signing_certificate", "signing_key")
)
SIGN_PICTURES = OPTIONS["sign_pictures"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o644

WAGTAIL_SITE_NAME = "Dateline"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "dateline.newsroom.pictures.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = OPTIONS["upload_limit"] * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 80_000_000
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 76
WAGTAILIMAGES_JPEG_QUALITY = 80
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "txt", "xlsx", "zip"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "dateline.desk.rich_text.RichTextArea"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
_SEARCH = "wagtail.search.backends.database" if OPTIONS["database"] else "dateline.desk.search"
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": _SEARCH},
    "find": {"BACKEND": "dateline.newsroom.find.backends.database", "AUTO_UPDATE": False},
}
if OPTIONS["search"]:
    WAGTAILSEARCH_BACKENDS["find"] = {
        "BACKEND": "dateline.newsroom.find.backends.opensearch",
        "AUTO_UPDATE": False,
        "URLS": [OPTIONS["search"]],
        # A reader waits no longer than this before the database answers.
        "TIMEOUT": 2,
        "INDEX_PREFIX": "dateline_",
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https:")
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/desk/"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS ends in front of the stand; its server says so

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"dateline": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

PRESS_URLCONF = "dateline.conf.public_urls"
PRESS_ASK_TOKEN = ask_token(OPTIONS["secret_key"])
PRESS_ANSWERS = r"/[^/]+/search/(?:suggest\.json)?"
PRESS_LEAVES_ALONE = ["/desk/", "/static/", "/media/", "/-/"]
