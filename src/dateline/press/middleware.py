"""At the desk's door: a stand's request for a public page is printed and answered; everything else is the desk's.

A few addresses answer questions: with a query they are rendered for whoever asks and kept by nobody.

Printing is work, and a stand limits how much of it is asked for. Whoever reaches the desk past the stand is sent away.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from dateline.press.printing import print_path
from dateline.press.rendering import render
from dateline.store import BadPath, file_for


class PrintingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(tuple(settings.PRESS_LEAVES_ALONE)):
            return self.get_response(request)
        if not constant_time_compare(request.headers.get("X-Dateline-Ask", ""), settings.PRESS_ASK_TOKEN):
            text = "Readers are served by the stand. The desk is at /desk/.\n"
            return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        try:
            file_for(request.path_info)
        except BadPath:
            return HttpResponse(status=404, content_type="text/plain; charset=utf-8")
        query = request.META.get("QUERY_STRING", "")
        if query and re.fullmatch(settings.PRESS_ANSWERS, request.path_info):
            response = render(request.path_info, query)
            response.headers["Cache-Control"] = "no-store"
            return response
        printed = print_path(request.path_info)
        if printed.error:
            return HttpResponse(status=500, content_type="text/plain; charset=utf-8")
        page = HttpResponse(printed.body, status=printed.status, content_type=printed.content_type)
        if printed.stored and printed.stored.sheet.location:
            page.headers["Location"] = printed.stored.sheet.location
        return page
