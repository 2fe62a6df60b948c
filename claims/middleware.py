"""Who asks, and what they are told when they may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from claims.models import Person
from claims.policies import NotAllowed, RuleBroken
from claims.views.access import SAFE_METHODS, policy_of, shared_link
from claims.views.fragments import is_fragment_request

LOOPBACK = frozenset(("127.0.0.1", "::1"))
LOGGED_OUT = "You are not logged in any more. Log in again in another tab, then do this once more."
ALONE_ONLY_HERE = (
    "Nobody logs in here yet, so only the computer on which this program runs gets an answer. To let others in, make "
    "the first account there: manage.py createadmin."
)
#: Not shown again to whoever could not send a form.
SECRET_FIELDS = ("csrfmiddlewaretoken", "password")


class PeopleMiddleware:
    """Puts ``request.user`` there, on a laptop without accounts the local person, and asks each view's policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: who_asks(request))  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        policy = policy_of(view)
        if policy is None:
            raise ImproperlyConfigured(f"{view} does not say who may use it: see claims/views/access.py.")
        if not policy.needs_login:
            return None
        if not request.user.is_authenticated:
            follows_link = policy.link_to and shared_link(request, **{policy.link_to: kwargs["pk"]}) is not None
            return None if follows_link else _ask_to_log_in(request)
        if request.user.is_alone and not is_from_here(request):
            return refuse(request, ALONE_ONLY_HERE)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return refuse(request, str(exception))
        if isinstance(exception, RuleBroken):
            return render(request, "400.html", {"message": str(exception)}, status=409)
        return None


def who_asks(request: HttpRequest) -> Any:
    """Whoever is logged in; else, on a laptop on which nobody has an account, the local person; else nobody."""
    person = get_user(request)
    if person.is_authenticated or not settings.ON_A_LAPTOP:
        return person
    return Person.objects.alone() or person


def is_from_here(request: HttpRequest) -> bool:
    """Whether a request comes from this computer, and through no proxy, which would hide where it comes from."""
    is_passed_on = "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_passed_on


def refuse(request: HttpRequest, message: str) -> HttpResponse:
    """403 with ``message``: to htmx as plain text, which failures.js shows; else a page that repeats what was typed."""
    if is_fragment_request(request):
        return HttpResponse(message, status=403, content_type="text/plain; charset=utf-8")
    return render(request, "403.html", {"message": message, "typed": typed(request)}, status=403)


def typed(request: HttpRequest) -> list[str]:
    """The words in a form that could not be saved, so that they are not lost; none that another site may have sent."""
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return []
    try:
        fields = request.POST.lists()
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return []
    return [
        value
        for name, values in fields
        if not any(secret in name for secret in SECRET_FIELDS)
        for value in values
        if " " in value.strip() or "://" in value  # what somebody typed, and no numbers or states of the page
    ]


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    if is_fragment_request(request) or request.method not in SAFE_METHODS:
        return refuse(request, LOGGED_OUT)
    return redirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
