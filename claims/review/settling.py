"""After the votes: reveal, decide what is disputed, seal, reopen. What the audit trail must say is checked here too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import Adjudication, Membership, ReviewSession, Verdict
from claims.models.review import Refused
from claims.models.review_item import fingerprint
from claims.models.review_verdict import columns

from .ballot import Ballot, check
from .outcomes import count, count_session
from .seating import hand_on

State = ReviewSession.State


@transaction.atomic
def reveal(session_pk: int, by: Membership) -> None:
    """End the votes and show them to everyone."""
    session = _locked(session_pk)
    session.check_judging()
    session.state = State.REVEALED
    session.revealed_at = session.revealed_at or timezone.now()
    session.log(by.number, "revealed")
    session.save_trail("state", "revealed_at")
    count_session(session)


@transaction.atomic
def adjudicate(session_pk: int, number: int, by: Membership, ballot: Ballot, reason: str, seen: str) -> Adjudication:
    """Decide an item, beside its votes. The same decision twice is one. Raises Refused.

    ``seen``: the item's fingerprint as the decider saw it.
    """
    session = _locked(session_pk)
    if session.is_judging:
        raise Refused("The votes are not revealed yet. What is disputed is decided after that.")
    session.check_not_sealed()
    item = session.items.filter(number=number).first()
    if item is None or item.retired_at or item.fingerprint != seen:
        raise Refused("This item changed since you opened it, so nothing was decided. Look at it as it is now.")
    check(ballot, item.sort, item.a_text, item.b_text)  # type: ignore[arg-type]
    if ballot.answer == "unsure":
        raise Refused("A decision says what holds. If nothing can be said, leave the item undecided.")
    current = item.adjudications.filter(is_current=True).first()
    if current and (current.by_id, current.ballot, current.reason) == (by.pk, _stored(ballot), reason):
        return current
    item.adjudications.filter(is_current=True).update(is_current=False)
    decision = Adjudication.objects.create(item=item, by=by, reason=reason, gist=ballot.gist, **columns(ballot))
    session.log(by.number, "decided", item=number, decision=decision.pk, reason=reason, **columns(ballot))
    session.save_trail()
    count(session.items.filter(pk=item.pk))
    return decision


def _stored(ballot: Ballot) -> Ballot:
    """As it comes back out of the database."""
    return replace(ballot, kinds=tuple(sorted(ballot.kinds)))


@transaction.atomic
def seal(session_pk: int, by: Membership) -> None:
    """From now on nothing in the session can be changed."""
    session = _locked(session_pk)
    if session.is_judging:
        raise Refused("Reveal the votes first: a session is sealed with its votes open to everyone in it.")
    session.check_not_sealed()
    session.state, session.sealed_at = State.SEALED, timezone.now()
    session.log(by.number, "sealed")
    session.save_trail("state", "sealed_at")


@transaction.atomic
def reopen(session_pk: int, by: Membership, because: str, *, to_judge: bool) -> None:
    """Open a sealed or revealed session again, to judge on or only to decide; who did it and why stays on its page."""
    session = _locked(session_pk)
    if session.is_judging:
        raise Refused("This session is open: votes are taken.")
    if not to_judge and not session.is_sealed:
        raise Refused("This session is open for decisions already.")
    session.state = State.JUDGING if to_judge else State.REVEALED
    if to_judge:
        hand_on(session)
    session.sealed_at = None
    session.reopened_at, session.reopened_by, session.reopened_because = timezone.now(), by, because
    session.log(by.number, "reopened", because=because, to_judge=to_judge)
    session.save_trail("state", "sealed_at", "reopened_at", "reopened_by", "reopened_because")
    if to_judge:
        count_session(session)


def _locked(session_pk: int) -> ReviewSession:
    return ReviewSession.objects.select_for_update().get(pk=session_pk)


@transaction.atomic
def faults(session_pk: int) -> list[str]:
    """What was tampered with: the trail itself, and whatever is not as the trail says. Reads the whole session.

    Locks it, so that no vote arrives in between and looks like a forged one.
    """
    session = _locked(session_pk)
    broken = session.find_break()
    changed = [item.number for item in session.items.all() if item.fingerprint != fingerprint(item.judged)]
    return [
        *([broken.reason] if broken else []),
        *(f"The words or the proposal of item {n} were changed after it was put to the judges." for n in changed),
        *_differ("votes", _votes_told(session), _votes_there(session)),
        *_differ("decisions", _decisions_told(session), _decisions_there(session)),
    ]


def _differ(what: str, told: dict[Any, Any], there: dict[Any, Any]) -> Iterator[str]:
    if wrong := {key[0] for key in told.keys() | there.keys() if told.get(key) != there.get(key)}:
        items = ", ".join(map(str, sorted(wrong)[:20]))
        yield f"The {what} stored for item {items} are not those that the audit trail recorded."


def _votes_told(session: ReviewSession) -> dict[Any, Any]:
    """By item, member and version: what the trail says was voted."""
    found = {}
    for payload in session.audit_entries.values_list("payload", flat=True):
        votes = [payload] if payload["action"] == "judged" else payload.get("votes", [])
        for vote in votes:
            found[vote["item"], payload["by"], vote["version"]] = {name: vote.get(name) for name in _COLUMNS}
    return found


def _votes_there(session: ReviewSession) -> dict[Any, Any]:
    votes = Verdict.objects.filter(item__session=session).select_related("item", "participant__membership")
    return {(v.item.number, v.participant.membership.number, v.version): columns(v.ballot) for v in votes}


def _decisions_told(session: ReviewSession) -> dict[Any, Any]:
    entries = session.audit_entries.filter(payload__action="decided").values_list("payload", flat=True)
    return {(p["item"], p["by"], p["decision"]): {name: p.get(name) for name in (*_COLUMNS, "reason")} for p in entries}


def _decisions_there(session: ReviewSession) -> dict[Any, Any]:
    made = Adjudication.objects.filter(item__session=session).select_related("item", "by")
    return {(d.item.number, d.by.number, d.pk): columns(d.ballot) | {"reason": d.reason} for d in made}


_COLUMNS = tuple(columns(Ballot("unsure")))
