"""One address serves a page and, to htmx, only the part of it that changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, partial: str, status: int = 200
) -> HttpResponse:
    """The page, or the partial of it that htmx asked for. A boosted link and a restored page get the whole page.

    To htmx a form with errors is an answer like any other (200): it does not swap in what comes with another status.
    """
    wants_partial = is_fragment_request(request)
    name = f"{template}#{partial}" if wants_partial else template
    context = {**context, "is_fragment": wants_partial}
    response = render(request, name, context, status=200 if wants_partial else status)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response


def is_fragment_request(request: HttpRequest) -> bool:
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
