"""The audit trail in words, as far as whoever reads it may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.models import AuditEntry, Membership

from .ballot import Ballot
from .chain import Link
from .words import say

#: What would tell in a blind pass who judged what. A judge's own entries are never hidden from them.
VOTES = frozenset({"judged", "undid", "accepted at once", "noted", "added", "took over", "took out", "handed on"})


@dataclass(frozen=True, slots=True)
class Told:
    number: int
    at: datetime
    who: str
    what: str
    sha256: str


def entries_for(session: Any) -> Any:
    """The entries that whoever reads may see, the latest first; in a blind pass no others' votes."""
    entries = session.audit_entries.order_by("-number")
    if session.hides_votes:
        entries = entries.exclude(~Q(payload__by=session.my_number), payload__action__in=VOTES)
    return entries


def tell(session: Any, entries: Iterable[AuditEntry]) -> list[Told]:
    members = Membership.objects.filter(newsroom=session.story.newsroom_id).select_related("person")
    return told(entries, {member.number: member.label for member in members})


def told(entries: Iterable[AuditEntry | Link], names: Mapping[int, str]) -> list[Told]:
    """``names``: of the newsroom's members, by number."""
    return [
        Told(
            entry.number,
            datetime.fromisoformat(entry.payload["at"]),
            names.get(entry.payload["by"], f"former member {entry.payload['by']}"),
            describe(entry.payload),
            entry.sha256,
        )
        for entry in entries
    ]


def describe(payload: Mapping[str, Any]) -> str:
    """One entry in a sentence without its subject: "judged item 4: same claim, agrees"."""
    action: str = payload["action"]
    return SAYS[action](payload) if action in SAYS else f"{action} the session"


def ballot_of(payload: Mapping[str, Any]) -> Ballot:
    """The vote or the decision that an entry recorded."""
    return Ballot(payload["answer"], payload["relation"], tuple(payload["kinds"]), found=payload["found"])


def _opened(p: Mapping[str, Any]) -> str:
    how = "blind" if p["blind"] else "open"
    return f"opened the session: {p['items']} items, {how}, judges for each item: {p['judges']}"


def _judged(p: Mapping[str, Any]) -> str:
    again = f" (version {p['version']})" if p["version"] > 1 else ""
    return f"judged item {p['item']}: {say(ballot_of(p))}{again}"


def _accepted(p: Mapping[str, Any]) -> str:
    return f"accepted at once what is proposed at {p['least']} or more: items {_numbers(v['item'] for v in p['votes'])}"


def _compared(p: Mapping[str, Any]) -> str:
    return (
        f"took in a later comparison: {p['stand']} items stand, {len(p['again'])} need another look, "
        f"{len(p['gone'])} are no longer there, {p['new']} are new"
    )


def _changed(p: Mapping[str, Any]) -> str:
    joined = f"; {len(p['joined'])} joined" if p["joined"] else ""  # a blind pass does not say who
    dealt = f", and got {p['dealt']} items that waited for nobody" if p.get("dealt") else ""
    return f"changed the session: “{p['title']}”, due {p['due_on'] or 'at no date'}{joined}{dealt}"


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "none"


SAYS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "opened": _opened,
    "judged": _judged,
    "accepted at once": _accepted,
    "undid": lambda p: f"took back the answer to item {_numbers(p['items'])}",
    "decided": lambda p: f"decided item {p['item']}: {say(ballot_of(p))}. Reason: {p['reason']}",
    "noted": lambda p: f"wrote a note on item {p['item']}: {p['text']}",
    "added": lambda p: f"added two sentences as item {p['item']}",
    "took over": lambda p: f"took over {p['items']} items of member {p['other']}",
    "took out": lambda p: f"took member {p['other']} out of the session; {p['items']} items went to others",
    "handed on": lambda p: f"changed who may judge; {p['items']} items of member {p['other']} went to others",
    "compared again": _compared,
    "reopened": lambda p: f"reopened the session {'to judge' if p['to_judge'] else 'to decide'}: {p['because']}",
    "changed": _changed,
}
