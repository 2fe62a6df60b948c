"""Review sessions: what is judged in them, what people said, and what a judge says: votes, notes, pairs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from ninja import Query, Router, Status
from pydantic import Field

from claims.exports.formats import FORMATS
from claims.forms.review import BallotForm, NoteForm
from claims.models import Adjudication, Note, ReviewItem, ReviewSession, Verdict
from claims.models.review import Refused
from claims.policies import Action, NotAllowed
from claims.review import voting
from claims.review.ballot import Ballot
from claims.review.voting import Judge
from claims.review.words import say
from claims.views.exports import as_file
from claims.views.review_rows import NO_JUDGE, judge_of, review_sessions
from claims.views.rows import kept_stories

from .access import ApiRequest, needs, reach
from .errors import Invalid
from .paging import Page, Paging, paged
from .schemas import (
    ExportOut,
    ItemOut,
    NoteIn,
    NoteOut,
    PairIn,
    SessionOut,
    Undone,
    VerdictIn,
    VerdictOut,
    answers,
)

router = Router(tags=["Review sessions"])


@router.get(
    "/stories/{pk}/sessions",
    **needs(Action.READ),
    response=answers(Page[SessionOut]),
    summary="A story’s review sessions",
)
def list_sessions(request: ApiRequest, pk: int, asked: Query[Paging]) -> Any:
    story = reach(request, kept_stories(), pk)
    rows = counted_sessions().visible_to(request.user).filter(story=story).order_by("-pk")
    return paged(rows, asked, lambda found: [session_out(request, session) for session in found])


@router.get("/sessions/{pk}", **needs(Action.READ), response=answers(SessionOut), summary="A review session")
def read_session(request: ApiRequest, pk: int) -> Any:
    return session_out(request, reach(request, counted_sessions(), pk))


class ItemFilter(Paging):
    show: Literal["live", "again", "all"] = Field("live", description="again: those that need another look.")


@router.get("/sessions/{pk}/items", **needs(Action.READ), response=answers(Page[ItemOut]), summary="What is judged")
def list_items(request: ApiRequest, pk: int, asked: Query[ItemFilter]) -> Any:
    session = reach(request, review_sessions(), pk)
    rows = session.items.all() if asked.show == "all" else session.items.live()
    if asked.show == "again":
        rows = rows.exclude(look_again="")
    return paged(rows.order_by("number"), asked, lambda found: items_out(session, found))


@router.get("/sessions/{pk}/items/{number}", **needs(Action.READ), response=answers(ItemOut), summary="An item")
def read_item(request: ApiRequest, pk: int, number: int) -> Any:
    session = reach(request, review_sessions(), pk)
    return items_out(session, [read_one(session, number)])[0]


@router.get(
    "/sessions/{pk}/verdicts", **needs(Action.READ), response=answers(Page[VerdictOut]), summary="What people said"
)
def list_verdicts(request: ApiRequest, pk: int, asked: Query[Paging]) -> Any:
    """The votes that count now on items that are there; in a blind pass, before its reveal, only your own."""
    session = reach(request, review_sessions(), pk)
    rows = _votes(session).filter(item__session=session, item__retired_at=None).order_by("item__number", "pk")
    return paged(rows, asked, lambda found: [_verdict(session, vote) for vote in found])


@router.post(
    "/sessions/{pk}/items/{number}/verdicts", **needs(Action.JUDGE), response=answers(VerdictOut), summary="Vote"
)
def cast_verdict(request: ApiRequest, pk: int, number: int, given: VerdictIn) -> Any:
    """Another verdict of yours on the same item is a change of mind. One on a sealed session, or on an item that
    changed since you read it, is answered with 409 and does not count."""
    session = reach(request, review_sessions(), pk)
    judge = _need_judge(session)
    form = BallotForm(given.dict())
    if not form.is_valid():
        raise Invalid.form(form)
    try:
        voting.vote(session.pk, number, judge, lambda item: form.ballot(item, session), given.token, given.fingerprint)
    except Refused:
        read_one(session, number)
        raise
    return _verdict(
        session, _votes(session).get(item__session=session, item__number=number, participant=judge.participant)
    )


@router.post("/sessions/{pk}/undo", **needs(Action.JUDGE), response=answers(Undone), summary="Take your last vote back")
def undo_verdict(request: ApiRequest, pk: int) -> Any:
    """What you had said before counts again. Every version stays in the record."""
    session = reach(request, review_sessions(), pk)
    return {"items": voting.undo(session.pk, _need_judge(session))}


@router.post(
    "/sessions/{pk}/items/{number}/notes",
    **needs(Action.JUDGE),
    response=answers(NoteOut),
    summary="Write a note beside the votes",
)
def write_note(request: ApiRequest, pk: int, number: int, given: NoteIn) -> Any:
    """Whoever may judge in the newsroom may write one, among the session's judges or not."""
    session = reach(request, review_sessions(), pk)
    read_one(session, number)
    form = NoteForm(given.dict())
    if not form.is_valid():
        raise Invalid.form(form)
    me = (session.my_membership, session.my_number)
    voting.write_note(session.pk, number, *me, form.cleaned_data["text"], given.token)
    return _note(Note.objects.select_related("by__person").get(by=session.my_membership, token=given.token))


@router.post(
    "/sessions/{pk}/pairs",
    **needs(Action.JUDGE),
    response=answers(ItemOut, 201),
    summary="Add a pair that the comparison missed",
)
def add_pair(request: ApiRequest, pk: int, given: PairIn) -> Any:
    """Answers with the item. The same pair twice is one item."""
    session = reach(request, review_sessions(), pk)
    item = voting.add_pair(session.pk, _need_judge(session), given.a, given.b, given.comparison)
    return Status(201, items_out(session, [item])[0])


@router.get(
    "/sessions/{pk}/exports", **needs(Action.READ), response=answers(list[ExportOut]), summary="A session’s exports"
)
def list_exports(request: ApiRequest, pk: int) -> Any:
    session = reach(request, review_sessions(), pk)
    return [
        {"name": f.name, "label": f.label, "purpose": f.purpose, "url": _beside(request, session, f.name)}
        for f in FORMATS.values()
    ]


@router.get("/sessions/{pk}/exports/{name}", **needs(Action.READ), response=answers(None), summary="An export’s file")
def read_export(request: ApiRequest, pk: int, name: str) -> HttpResponse:
    """The file itself, of as much of the session's record as you may see; its type is that of the format."""
    session = reach(request, review_sessions(), pk)
    if name not in FORMATS:
        raise Http404
    return as_file(session, FORMATS[name])


def _beside(request: ApiRequest, session: ReviewSession, name: str) -> str:
    return request.build_absolute_uri(f"/api/v1/sessions/{session.pk}/exports/{name}")


def counted_sessions() -> Any:
    """Each with the number of its live items as ``live``."""
    live = Count("items", filter=Q(items__retired_at=None), distinct=True)
    return review_sessions().annotate(live=live)


def session_out(request: ApiRequest, session: Any) -> dict[str, Any]:
    names = "id title question due_on state is_blind hides_votes judges created_at revealed_at sealed_at".split()
    return {
        **{name: getattr(session, name) for name in names},
        "story": session.story_id,
        "comparison": session.comparison_id,
        "judging": session.my_participant is not None,
        "items": session.live,
        "page": request.build_absolute_uri(session.get_absolute_url()),
    }


def _need_judge(session: Any) -> Judge:
    judge = judge_of(session)
    if judge is None:
        raise NotAllowed(NO_JUDGE)
    return judge


def read_one(session: ReviewSession, number: int) -> ReviewItem:
    """Raises Http404 for an item that the session has not."""
    found = session.items.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _votes(session: Any) -> Any:
    """The votes that whoever asks may see, as the pages have it."""
    votes = Verdict.objects.filter(is_current=True).select_related("participant__membership__person", "item")
    return votes.filter(participant=session.my_participant) if session.hides_votes else votes


def items_out(session: Any, found: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    votes: dict[int, list[dict[str, Any]]] = {}
    for vote in _votes(session).filter(item__in=found):
        votes.setdefault(vote.item_id, []).append(_verdict(session, vote))
    decided = Adjudication.objects.filter(item__in=found, is_current=True).select_related("by__person")
    decisions = {} if session.is_judging else {decision.item_id: decision for decision in decided}
    notes: dict[int, list[dict[str, Any]]] = {}
    for note in _notes(session).filter(item__in=found):
        notes.setdefault(note.item_id, []).append(_note(note))
    return [
        {
            "number": item.number,
            "sort": item.sort,
            "relation": item.relation,
            "kinds": item.kinds,
            "probability": item.probability,
            "a": ItemOut.sentence(item, "a"),
            "b": None if item.is_lone else ItemOut.sentence(item, "b"),
            "explanations": [divergence["explanation"] for divergence in item.divergences],
            "fingerprint": item.fingerprint,
            "look_again": item.look_again,
            "retired": item.retired_at is not None,
            "verdicts": votes.get(item.pk, []),
            "decision": _decision(decisions[item.pk], item) if item.pk in decisions else None,
            "notes": notes.get(item.pk, []),
        }
        for item in found
    ]


def _verdict(session: Any, vote: Any) -> dict[str, Any]:
    return {
        **_ballot(vote.ballot, vote.item),
        "item": vote.item.number,
        "judge": str(vote.participant),
        "mine": vote.participant_id == session.my_participant,
        "at_once": vote.bulk is not None,
        "created_at": vote.created_at,
    }


def _decision(decision: Adjudication, item: ReviewItem) -> dict[str, Any]:
    by = {"by": decision.by.label, "reason": decision.reason, "created_at": decision.created_at}
    return _ballot(decision.ballot, item) | by


def _notes(session: Any) -> Any:
    """The notes that whoever asks may see, as the pages have it."""
    notes = Note.objects.select_related("by__person")
    return notes.filter(by=session.my_membership) if session.hides_votes else notes


def _note(note: Note) -> dict[str, Any]:
    return {"by": note.by.label, "text": note.text, "created_at": note.created_at}


def _ballot(ballot: Ballot, item: ReviewItem) -> dict[str, Any]:
    """A ballot in the words of the buttons."""
    return {
        "answer": ballot.relation if ballot.answer == "same" else ballot.answer,
        "kinds": list(ballot.kinds),
        "a": _words(ballot.a, item.a_text),
        "b": _words(ballot.b, item.b_text),
        "found": dict(ballot.found) if ballot.found else None,
        "says": say(ballot),
    }


def _words(span: tuple[int, int] | None, text: str) -> dict[str, Any] | None:
    return {"start": span[0], "end": span[1], "text": text[slice(*span)]} if span else None
