"""Review sessions as an editor leads them: open, reveal, decide, seal, reopen, take a judge out or a comparison in.

These routes join those of ``reviews``: some have their addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ninja import Status

from claims.forms.review import DecisionForm, PlanForm, ReopenForm, possible_judges
from claims.models import Membership
from claims.models.review import Refused
from claims.policies import Action
from claims.presentation.snapshot import load_snapshot
from claims.review import judges, settling
from claims.review.opening import catch_up, open_session
from claims.views.review_rows import review_sessions
from claims.views.review_sessions import NOTHING_COMPARED
from claims.views.rows import kept_stories

from .access import ApiRequest, needs, reach
from .comparisons import kept_comparisons
from .errors import Invalid
from .reviews import counted_sessions, items_out, read_one, router, session_out
from .schemas import (
    CatchUpIn,
    CaughtUp,
    DecisionIn,
    ItemOut,
    ReopenIn,
    SessionIn,
    SessionOut,
    TakenOut,
    TakeOutIn,
    answers,
)


@router.post(
    "/stories/{pk}/sessions",
    **needs(Action.LEAD),
    response=answers(SessionOut, 201),
    summary="Open a review session on the story’s latest comparison",
)
def open_review(request: ApiRequest, pk: int, given: SessionIn) -> Any:
    story = reach(request, kept_stories(), pk)
    comparison = story.comparisons.order_by("-pk").first()
    if comparison is None:
        raise Refused(NOTHING_COMPARED)
    form = PlanForm(_asked(given, story.newsroom_id), story.newsroom_id, load_snapshot(comparison))
    if not form.is_valid():
        raise Invalid.form(form)
    session = open_session(comparison, Membership.objects.of(request.user, story.newsroom_id), form.plan())
    return Status(201, _read(request, session.pk))


def _asked(given: SessionIn, newsroom: int) -> dict[str, Any]:
    """As the page's form sends it, with the choices that it proposes."""
    people = given.people
    if people is None:
        people = list(possible_judges(newsroom).values_list("pk", flat=True))
    each = given.judges or (2 if len(people) > 1 else 1)
    return given.dict() | {"people": people, "judges": each, "is_blind": "1" if given.is_blind else "0"}


@router.post(
    "/sessions/{pk}/reveal", **needs(Action.LEAD), response=answers(SessionOut), summary="End the votes and show them"
)
def reveal(request: ApiRequest, pk: int) -> Any:
    return _act(request, pk, lambda session, by: settling.reveal(session.pk, by))


@router.post(
    "/sessions/{pk}/seal", **needs(Action.LEAD), response=answers(SessionOut), summary="Seal a revealed session"
)
def seal(request: ApiRequest, pk: int) -> Any:
    """From then on nothing in it can be changed, until it is reopened."""
    return _act(request, pk, lambda session, by: settling.seal(session.pk, by))


@router.post(
    "/sessions/{pk}/reopen", **needs(Action.LEAD), response=answers(SessionOut), summary="Reopen a session, visibly"
)
def reopen(request: ApiRequest, pk: int, given: ReopenIn) -> Any:
    form = ReopenForm(given.dict())

    def act(session: Any, by: Membership) -> None:
        if not form.is_valid():
            raise Invalid.form(form)
        settling.reopen(session.pk, by, form.cleaned_data["because"], to_judge=given.to_judge)

    return _act(request, pk, act)


@router.post(
    "/sessions/{pk}/items/{number}/decision",
    **needs(Action.LEAD),
    response=answers(ItemOut),
    summary="Decide an item, after the reveal",
)
def decide(request: ApiRequest, pk: int, number: int, given: DecisionIn) -> Any:
    """The decision and its reason stand beside the votes, never over them. A later one takes its place; the same one
    sent twice is one."""
    session = reach(request, review_sessions(), pk)
    item = read_one(session, number)
    form = DecisionForm(given.dict())
    if not form.is_valid():
        raise Invalid.form(form)
    reason = form.cleaned_data["reason"]
    settling.adjudicate(session.pk, number, _me(session), form.ballot(item, session), reason, given.fingerprint)
    return items_out(session, [read_one(session, number)])[0]


@router.post(
    "/sessions/{pk}/take-out",
    **needs(Action.LEAD),
    response=answers(TakenOut),
    summary="Take a judge out of a session",
)
def take_out_judge(request: ApiRequest, pk: int, given: TakeOutIn) -> Any:
    """What waits for them is dealt to others; what they answered stays and counts. The last judge cannot be taken
    out (409)."""
    session = reach(request, review_sessions(), pk)
    member = Membership.objects.filter(pk=given.person)  # also of a number that no key can be
    found = session.participants.filter(membership__in=member).values_list("pk", flat=True).first()
    items = judges.take_out(session.pk, _me(session), found or 0)  # 0: nobody, which is refused like whoever left
    return {"person": given.person, "items": items}


@router.post(
    "/sessions/{pk}/comparison",
    **needs(Action.LEAD),
    response=answers(CaughtUp),
    summary="Take a later comparison into a session",
)
def catch_up_session(request: ApiRequest, pk: int, given: CatchUpIn) -> Any:
    """Items that stand keep their votes, changed ones are put to their judges anew."""
    session = reach(request, review_sessions(), pk)
    comparison = reach(request, kept_comparisons(), given.comparison)
    outlook = catch_up(session.pk, comparison, _me(session))
    return {
        "comparison": comparison.pk,
        "stand": outlook.standing,
        "again": [item.number for item, _ in outlook.changed],
        "gone": [item.number for item, _ in outlook.gone],
        "new": len(outlook.new(session)),
    }


def _act(request: ApiRequest, pk: int, act: Callable[[Any, Membership], None]) -> dict[str, Any]:
    """Do it, and answer with the session as it is then."""
    session = reach(request, review_sessions(), pk)
    act(session, _me(session))
    return _read(request, pk)


def _me(session: Any) -> Membership:
    return Membership.objects.get(pk=session.my_membership)


def _read(request: ApiRequest, pk: int) -> dict[str, Any]:
    return session_out(request, reach(request, counted_sessions(), pk))
