"""How far review sessions are: answers given, what waits for whoever asks, what is still to be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.models import ReviewSession, Story

#: Open sessions named on a story's first screen, and how many of the newest are looked at for them.
MOST_NAMED, MOST_READ = 3, 20


@dataclass(frozen=True, slots=True)
class Progress:
    """``left``: what waits for whoever asks; ``to_decide``: disputed items of a revealed session nobody decided."""

    session: ReviewSession
    answers: int
    dealt: int
    left: int = 0
    to_decide: int = 0


def progress_of(session: Any) -> Progress:
    """Of a session that ``with_dealt`` found; without what is to be decided, which takes a query of its own."""
    mine = session.tally_of(session.my_participant or 0)["own"]
    return Progress(
        session,
        answers=session.answers,
        dealt=session.dealt or 0,
        left=max((session.my_dealt or 0) - mine, 0) if session.is_judging else 0,
    )


def standing_of(story: Story, person: Any) -> Sequence[Progress]:
    """The story's open sessions as they concern ``person``, the newest first; if none is open, the last one."""
    newest = list(story.review_sessions.visible_to(person).with_dealt()[:MOST_READ])
    named = [session for session in newest if not session.is_sealed][:MOST_NAMED] or newest[:1]
    return [_with_disputes(progress_of(session)) for session in named]


def _with_disputes(progress: Progress) -> Progress:
    session = progress.session
    if session.is_judging or session.is_sealed:
        return progress
    to_decide = session.items.all().undecided().count()
    return Progress(session, progress.answers, progress.dealt, to_decide=to_decide)
