"""Who gets an answer from a view. Each view is marked by one of these, and one that is not answers nobody.

``@on(rows, read=…, post=…)`` for what belongs to a newsroom, ``@logged_in`` for what is everyone's own, ``@anyone``
for pages without login. ``claims.middleware`` reads the marks; ``tests/web/test_permissions.py`` asks every address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from claims import policies
from claims.models import Person, ShareLink
from claims.policies import Action, Can

View = Callable[..., HttpResponseBase]
#: Where the session keeps the links that a reader followed.
KEPT_LINKS = "shared"
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
#: What a link for people outside can lead to: the name of its field.
LinkTo = Literal["story", "session"]


@dataclass(frozen=True)
class Policy:
    """``read`` and ``post``: what the asker's role in the newsroom must allow; None where no newsroom is meant."""

    needs_login: bool = True
    read: Action | None = None
    post: Action | None = None
    link_to: LinkTo | None = None  # what a link has to lead to, so that it opens this


LOGGED_IN = Policy()
ANYONE = Policy(needs_login=False)
#: Logins count for nothing there: ``claims.api.access`` asks for a token.
API = Policy(needs_login=False)


def asker(request: HttpRequest) -> Person:
    """Who is logged in, in a view that needs it."""
    assert isinstance(request.user, Person)  # noqa: S101 - what PeopleMiddleware is for
    return request.user


def policy_of(view: object) -> Policy | None:
    return getattr(view, "policy", None)


def anyone(view: View) -> View:
    """For pages that need no login. What they show must be safe for the whole world."""
    return _marked(view, ANYONE)


def logged_in(view: View) -> View:
    """For whoever is logged in; the view itself must look only at what is ``visible_to(request.user)``."""
    return _marked(view, LOGGED_IN)


def shared_link(request: HttpRequest, **which: int) -> ShareLink | None:
    """The link that the reader followed, while it is open. ``which``: ``story``, ``session`` or ``pk``."""
    followed = request.session.get(KEPT_LINKS)
    return ShareLink.objects.open().filter(pk__in=followed).filter(**which).first() if followed else None


def on(
    rows: Callable[[], Any], read: Action, post: Action | None = None, *, link_to: LinkTo | None = None
) -> Callable[[View], View]:
    """``view(request, found, …)`` for the row of ``rows()`` that an address's ``pk`` names, if the asker may.

    What belongs to no newsroom of theirs is not there (404): nobody learns that it exists. Where their role is too low,
    NotAllowed says so (403). ``read`` counts for GET, ``post`` for all that changes something. ``rows()`` is a queryset
    with ``visible_to``; the asker's role in the newsroom comes as ``request.can``. ``link_to``: what the rows are;
    whoever followed a link to one (``request.shared``) reads it too, without any role.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            found = rows().visible_to(request.user).filter(pk=pk).first()
            if found is None:
                return _answer_shared(request, pk, **kwargs)
            request.can = Can(found.my_role)  # type: ignore[attr-defined]
            policies.check(found.my_role, read if request.method in SAFE_METHODS else post or read)
            return view(request, found, **kwargs)

        def _answer_shared(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            link = shared_link(request, **{link_to: pk}) if link_to and request.method in SAFE_METHODS else None
            if link is None:
                raise Http404
            request.shared, request.can = link, Can(None)  # type: ignore[attr-defined]
            return view(request, get_object_or_404(rows(), pk=pk), **kwargs)

        return _marked(checked, Policy(read=read, post=post or read, link_to=link_to))

    return mark


def _marked(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def people(request: HttpRequest) -> dict[str, Any]:
    """For every template: ``me``, who asks; ``can``, what they may do in the newsroom that the page is about.

    ``shared``: the link through which somebody reads who may do nothing there.
    """
    return {
        "me": getattr(request, "user", None),
        "can": getattr(request, "can", Can(None)),
        "shared": getattr(request, "shared", None),
    }
