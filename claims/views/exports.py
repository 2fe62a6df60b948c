"""A session's record as files, and the page that lists them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.exports.formats import FORMATS, QUESTIONS, RECORD, Format
from claims.policies import Action
from claims.review.record import Record, load_record_for, load_shared_record

from .access import on
from .fragments import render_page
from .review_rows import naming, review_sessions

#: The format that links open.
FOR_READERS = "html"


@require_safe
@never_cache
@on(review_sessions, Action.READ)
def review_exports(request: HttpRequest, session: Any) -> HttpResponse:
    context = {
        "session": session,
        "story": session.story,
        "tab": "exports",
        "record": RECORD,
        "questions": QUESTIONS,
    }
    return render_page(request, "review/exports.html", context, partial="exports")


@require_safe
@never_cache
@on(review_sessions, Action.READ, link_to="session")
def review_export(request: HttpRequest, session: Any, name: str) -> HttpResponse:
    """The file, of as much of the record as whoever asks may see; through a link only the page, which is for reading.

    The others are the newsroom's to work with and to hand out: they number its members and hold its audit trail.
    """
    if name not in FORMATS or not (request.can.read or name == FOR_READERS):  # type: ignore[attr-defined]
        raise Http404("There is no such format.")
    if not request.can.read:  # type: ignore[attr-defined]
        return as_file(session, FORMATS[name], load_shared_record(session, naming(request, session)))
    return as_file(session, FORMATS[name])


def as_file(session: Any, chosen: Format, record: Record | None = None) -> HttpResponse:
    """``record``, else as much of the session's as whoever asks may see, to be saved."""
    now = timezone.now()
    content = chosen.make(record or load_record_for(session, session.my_membership), now)
    file_name = chosen.file_name(session.title, session.pk, now)
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return HttpResponse(content, content_type=chosen.content_type, headers=headers)
