"""Judging: one item at a time, with its sentences in their articles."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from claims.forms.fields import whole_number
from claims.forms.review import AddForm, BallotForm, DecisionForm, NoteForm, UndoForm
from claims.models import Adjudication, Membership, Participant, ReviewItem, ReviewSession
from claims.models.review import Refused
from claims.policies import Action
from claims.presentation.snapshot import load_snapshot
from claims.presentation.words import KINDS
from claims.review import settling, voting
from claims.review.ballot import Ballot, BallotError
from claims.review.naming import Naming
from claims.review.page import make_options, make_sides, other_outlets
from claims.review.words import say

from .access import on
from .fragments import is_fragment_request, render_page
from .review_rows import can_judge, judge_of, naming, need_judge, review_sessions
from .undo import tell_with_undo

ALL_DONE = "You have judged everything that was dealt to you."


@require_safe
@never_cache
@on(review_sessions, Action.JUDGE)
def review_judge(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    """Leads to the item that waits next for whoever asks: where they left off, or after the item ``?after=``."""
    judge = judge_of(session)
    number = _next(judge.participant, whole_number(request.GET.get("after", ""))) if judge else None
    if number and session.is_judging:
        return redirect("review_item", session.pk, number)
    if judge and session.is_judging:
        messages.success(request, ALL_DONE)
    return _leave(request, session.get_absolute_url())


def _leave(request: HttpRequest, address: str) -> HttpResponse:
    """To another page; htmx, which has the judging page open, is told to load it whole."""
    return HttpResponseClientRedirect(address) if is_fragment_request(request) else redirect(address)


def _next(participant: int, after: int | None) -> int | None:
    me = Participant.objects.select_related("looks_at").get(pk=participant)
    if after is None:
        after = me.looks_at.number - 1 if me.looks_at else 0
    return me.next_number(after)


@require_safe
@never_cache
@on(review_sessions, Action.READ, link_to="session")
def review_item(request: HttpRequest, session: ReviewSession, number: int) -> HttpResponse:
    return _page(request, session, _item(session, number))


@require_POST
@on(review_sessions, Action.JUDGE)
def review_vote(request: HttpRequest, session: ReviewSession, number: int) -> HttpResponse:
    form = BallotForm(request.POST)
    try:
        judge = need_judge(session)
        session.check_judging()
        if not form.is_valid():
            raise BallotError(form.problem)
        given = form.cleaned_data
        ballot = voting.vote(
            session.pk, number, judge, lambda item: form.ballot(item, session), given["token"], given["fingerprint"]
        )
    except BallotError as error:
        return _page(request, session, _item(session, number), form=form, problem=str(error))
    except Refused as refused:
        return _refuse(request, session, number, refused, _told(form, session, number))
    undo = f"{reverse('review_undo', args=[session.pk])}?item={number}"
    tell_with_undo(request, f"Item {number}: {say(ballot)}.", undo)
    if given["then"]:
        return redirect("review_item", session.pk, given["then"])
    return redirect(f"{reverse('review_judge', args=[session.pk])}?after={number}")


@require_POST
@on(review_sessions, Action.JUDGE)
def review_undo(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    form = UndoForm(request.GET)
    try:
        if not form.is_valid():
            raise Refused("This button is about no answer of yours.")
        numbers = voting.undo(session.pk, need_judge(session), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("review_judge", session.pk)
    if len(numbers) > 1:
        messages.success(request, f"{len(numbers)} answers were taken back.")
        return _leave(request, reverse("review_items", args=[session.pk]))
    messages.success(request, f"Your answer to item {numbers[0]} was taken back.")
    return redirect("review_item", session.pk, numbers[0])


@require_POST
@on(review_sessions, Action.JUDGE)
def review_note(request: HttpRequest, session: Any, number: int) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, session, _item(session, number), note_form=form)
    try:
        given = form.cleaned_data
        me = (session.my_membership, session.my_number)
        voting.write_note(session.pk, number, *me, given["text"], given["token"])
    except Refused as refused:
        return _refuse(request, session, number, refused, f"You wrote: {form.cleaned_data['text']}")
    messages.success(request, f"Your note on item {number} was saved.")
    return redirect("review_item", session.pk, number)


@require_POST
@on(review_sessions, Action.LEAD)
def review_decide(request: HttpRequest, session: Any, number: int) -> HttpResponse:
    form = DecisionForm(request.POST)
    item = _item(session, number)
    try:
        if not form.is_valid():
            raise BallotError(form.problem)
        ballot = form.ballot(item, session)
        by = Membership.objects.get(pk=session.my_membership)
        given = form.cleaned_data
        settling.adjudicate(session.pk, number, by, ballot, given["reason"], given["fingerprint"])
    except BallotError as error:
        return _page(request, session, item, form=form, problem=str(error))
    except Refused as refused:
        return _refuse(request, session, number, refused, _told(form, session, number))
    messages.success(request, f"Item {number} is decided: {say(ballot)}.")
    if then := given["then"]:
        return redirect("review_item", session.pk, then)
    return _leave(request, f"{reverse('review_items', args=[session.pk])}?show=disputed")


@never_cache
@on(review_sessions, Action.JUDGE)
def review_add(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    """Two articles beside each other, of each of which one sentence is chosen."""
    form = AddForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        given = form.cleaned_data
        try:
            item = voting.add_pair(session.pk, need_judge(session), given["a"], given["b"], given["comparison"])
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The two sentences are an item now. Say what you think of them.")
            return redirect(item)
    snapshot = load_snapshot(session.comparison)
    left, right = _two_articles(request, len(snapshot.outlets))
    context = {
        "session": session,
        "story": session.story,
        "tab": "add",
        "outlets": list(enumerate(snapshot.outlets)),
        "columns": [("a", left, snapshot.by_article[left]), ("b", right, snapshot.by_article[right])],
        "form": form,
        "can_judge": can_judge(request, session),
    }
    return render_page(request, "review/add.html", context, partial="add", status=422 if form and form.errors else 200)


def _two_articles(request: HttpRequest, count: int) -> tuple[int, int]:
    """The positions that the address names, if there are such articles; else the first two."""
    named = [whole_number(request.GET.get(name, "")) for name in ("left", "right")]
    left, right = (n if value is None or value >= count else value for n, value in enumerate(named))
    return left, right if right != left else (left + 1) % count


def _item(session: Any, number: int) -> Any:
    item = session.items.filter(number=number).in_place(session.my_participant).first()
    if item is None:
        raise Http404("The session has no such item.")
    return item


def _told(form: BallotForm, session: ReviewSession, number: int) -> str:
    """What a form that did not count said, in words."""
    item = _item(session, number)
    try:
        if not form.is_valid():
            raise BallotError(form.problem)
        ballot = form.ballot(item, session)
    except BallotError:
        return ""
    chosen = [text[slice(*span)] for text, span in ((item.a_text, ballot.a), (item.b_text, ballot.b)) if span]
    words = f" ({' against '.join(f'“{part}”' for part in chosen)})" if chosen else ""
    reason = form.cleaned_data.get("reason")
    return f"You answered: {say(ballot)}{words}." + (f" Your reason: {reason}" if reason else "")


def _refuse(
    request: HttpRequest, session: ReviewSession, number: int, refused: Refused, said: str = ""
) -> HttpResponse:
    """The item as it is now, with the reason why what was sent did not count, and what that was."""
    messages.error(request, f"{refused} {said}".strip())
    return redirect("review_item", session.pk, number)


def _page(
    request: HttpRequest,
    session: Any,
    item: Any,
    *,
    form: BallotForm | None = None,
    note_form: NoteForm | None = None,
    problem: str = "",
) -> HttpResponse:
    """In a blind pass only what is the asker's own is asked for."""
    name = naming(request, session)
    participants = [] if session.hides_votes else list(session.participants.in_order())
    names = {p.pk: name(p.membership) for p in participants}
    me = session.my_participant
    votes = item.verdicts.filter(is_current=True)
    said = {v.participant_id: v.ballot for v in (votes.filter(participant=me) if session.hides_votes else votes)}
    mine = said.get(me)
    may_judge = can_judge(request, session) and not item.retired_at
    if may_judge:
        Participant.objects.filter(pk=me).look_at(item.pk)
    snapshot = load_snapshot(session.comparison)
    tally = session.tally_of(me) if me else None
    context = {
        "session": session,
        "story": session.story,
        "item": item,
        "tab": "judge",
        "mine": mine,
        "may_judge": may_judge,
        "may_decide": _may_decide(request, session) and not item.retired_at,
        "added_by": name(item.added_by) if item.added_by and not session.hides_votes else "one of the judges",
        "decisions": [] if session.is_judging else _decisions(item, name),
        "votes": [(names[participant], say(ballot)) for participant, ballot in said.items() if participant in names],
        "notes": _notes(request, session, item),
        "others": _who_looks(request, session, participants, item),
        "tally": tally,
        "left": max(session.my_dealt - tally["own"], 0) if tally else 0,
        "then": item.then if may_judge else _next_dispute(request, session, item),
        "token": uuid.uuid4(),
        "note_token": uuid.uuid4(),
        "problem": problem,
        "note_form": note_form,
        "said": say(mine) if mine else "",
        "previous": item.previous,
        "next": item.next,
        **_fields(item, snapshot, mine, form, request),
    }
    has_errors = bool(problem or (note_form and note_form.errors))
    response = render_page(request, "review/judge.html", context, partial="judging", status=422 if has_errors else 200)
    return push_url(response, item.get_absolute_url()) if is_fragment_request(request) else response


def _fields(
    item: ReviewItem, snapshot: Any, mine: Ballot | None, form: BallotForm | None, request: HttpRequest
) -> dict[str, Any]:
    """What the form of the judging page holds: what was just typed, else what I said before, else the proposal."""
    said = mine or item.accepting
    sides = make_sides(item, snapshot, mine)
    kinds: Sequence[str] = said.kinds if said.relation == "diverge" else ()
    words = {side.name: (side.words, side.at) for side in sides}
    chosen = ""
    if mine and mine.found:
        chosen = _id_of(mine.found, snapshot)
    if form:
        kinds = form.data.getlist("kinds")  # type: ignore[attr-defined]
        words = {name: (form.data.get(f"{name}_words", ""), form.data.get(f"{name}_at", "")) for name in words}
        chosen = form.data.get("found", "")
    article = whole_number(request.GET.get("in", ""))
    return {
        "sides": sides,
        "words": [(side, *words[side.name]) for side in sides],
        "divergences": [(KINDS[d["kind"]], d["explanation"]) for d in item.divergences],
        "kinds": [(n, kind, name, kind in kinds) for n, (kind, name) in enumerate(KINDS.items(), start=1)],
        "options": make_options(item, snapshot, chosen, article) if item.is_lone else [],
        "chosen": chosen,
        "outlets": other_outlets(item, snapshot) if item.is_lone else [],
        "searched_in": article,
        "reason": form.data.get("reason", "") if form else "",
    }


def _id_of(found: Any, snapshot: Any) -> str:
    """The id of a sentence that somebody found, in the session's comparison."""
    place = found["start"], found["text"]
    return next((s.id for s in snapshot.result.sentences if (s.start, s.text) == place), "")


def _may_decide(request: HttpRequest, session: ReviewSession) -> bool:
    return session.state == ReviewSession.State.REVEALED and request.can.lead  # type: ignore[attr-defined]


def _decisions(item: ReviewItem, name: Naming) -> list[tuple[str, str, Adjudication]]:
    made = item.adjudications.select_related("by__person")
    return [(name(decision.by), say(decision.ballot), decision) for decision in made]


def _notes(request: HttpRequest, session: Any, item: ReviewItem) -> list[Any]:
    """Everyone's notes; in a blind pass only my own. They are for the newsroom: nobody reads them through a link."""
    if not request.can.read:  # type: ignore[attr-defined]
        return []
    notes = item.notes.select_related("by__person")
    return list(notes.filter(by=session.my_membership) if session.hides_votes else notes)


def _who_looks(request: HttpRequest, session: Any, participants: Sequence[Participant], item: ReviewItem) -> list[str]:
    if not session.is_judging or not request.can.read:  # type: ignore[attr-defined]
        return []
    now = timezone.now()
    others = (p for p in participants if p.pk != session.my_participant)
    return [str(p) for p in others if p.looks_at_id == item.pk and p.is_looking(now)]


def _next_dispute(request: HttpRequest, session: ReviewSession, item: ReviewItem) -> int | None:
    """For whoever decides, the next dispute that nobody decided."""
    if not _may_decide(request, session):
        return None
    numbers = list(session.items.undecided().exclude(pk=item.pk).order_by("number").values_list("number", flat=True))
    return next((n for n in numbers if n > item.number), numbers[0] if numbers else None)
