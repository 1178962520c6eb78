"""Asks Django for a public URL: the same views that a reader would reach, without a session, a user or a cookie."""

import logging
from io import BytesIO
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, get_resolver
from django.utils import translation

logger = logging.getLogger("dateline.press")


def public_request(path: str, query: str = "") -> HttpRequest:
    """A GET of `path` (decoded) as the public sees it; the same bytes whoever asks, so nothing else is in it but, of
    what is answered and never printed, the `query` (encoded)."""
    base = urlsplit(settings.BASE_URL)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "SCRIPT_NAME": "",
            "QUERY_STRING": query,
            "SERVER_NAME": base.hostname or "localhost",
            "SERVER_PORT": str(base.port or (443 if base.scheme == "https" else 80)),
            "HTTP_HOST": base.netloc,
            "wsgi.url_scheme": base.scheme,
            "wsgi.input": BytesIO(b""),
            "RAW_URI": quote(path),
        }
    )


def render(path: str, query: str = "") -> HttpResponseBase:
    """The response to a GET of `path`. A view that finds nothing gives 404; any other exception is the caller's."""
    request = public_request(path, query)
    language = translation.get_language()
    try:
        match = get_resolver(settings.PRESS_URLCONF).resolve(path)
        request.resolver_match = match
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
    except (Http404, Resolver404):
        return _absent(request)
    except BadRequest:
        return HttpResponse(status=400, content_type="text/plain; charset=utf-8")
    finally:
        if language:
            translation.activate(language)
    return response


def _absent(request: HttpRequest) -> HttpResponseBase:
    """What the public URLs' `handler404` makes of an address that no view knows; a plain 404 if it does not either."""
    handler = getattr(get_resolver(settings.PRESS_URLCONF).urlconf_module, "handler404", None)
    try:
        if handler is not None:
            found: HttpResponseBase = handler(request)
            return found
    except Http404:
        pass
    return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
