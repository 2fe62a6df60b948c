"""What the views of review sessions have in common: the session of an address, and whoever judges in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from claims.models import ReviewSession
from claims.models.review import Refused, ReviewSessionQuerySet
from claims.review.naming import Naming, by_name, without_names
from claims.review.voting import TAKEN_OUT, Judge

NO_JUDGE = "You are not among the judges of this session. An editor can add you on its page."


def review_sessions() -> ReviewSessionQuerySet:
    return ReviewSession.objects.select_related("story", "comparison")


def judge_of(session: Any) -> Judge | None:
    """Whoever asks, if they judge in the session."""
    if session.my_participant is None:
        return None
    return Judge(session.my_participant, session.my_membership, session.my_number)


def need_judge(session: Any) -> Judge:
    """Raises Refused for someone who does not judge in the session."""
    judge = judge_of(session)
    if judge is None:
        was_taken_out = session.participants.filter(membership=session.my_membership).exists()
        raise Refused(TAKEN_OUT if was_taken_out else NO_JUDGE)
    return judge


def naming(request: HttpRequest, session: ReviewSession) -> Naming:
    """What whoever asks is told that the people in the session are called. No link tells it before the reveal."""
    link = getattr(request, "shared", None)
    is_told = link is None or (link.shows_names and not session.hides_votes)
    return by_name if is_told else without_names(session)


def can_judge(request: HttpRequest, session: Any) -> bool:
    """Whether whoever asks may vote now."""
    return session.is_judging and judge_of(session) is not None and request.can.judge  # type: ignore[attr-defined]
