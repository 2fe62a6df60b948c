"""The record as JSON, for programs. Its schema is ``claims/static/claims/session-export.schema.json``.

Like that of a comparison it is a contract: keys may be added, and none changes its meaning. The articles' texts are not
in it: they belong to the outlets. Whoever has a text can check its hash, and with it every position.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from claims import __version__
from claims.review.agreement import Agreement
from claims.review.chain import Link
from claims.review.figures import Line
from claims.review.record import Item, Person, Record, Said, Side

from .report import people_named
from .tables import iso, rounded

SCHEMA = 1


def as_json(record: Record, made_at: datetime) -> bytes:
    return (json.dumps(as_dict(record, made_at), ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def as_dict(record: Record, made_at: datetime) -> dict[str, Any]:
    found = facts(record, made_at)
    found["items"] = [_item(item, is_partial=record.is_partial) for item in record.items]
    found["audit_trail"]["entries"] = [_entry(entry, is_partial=record.is_partial) for entry in record.trail]
    return found


def facts(record: Record, made_at: datetime) -> dict[str, Any]:
    """All but the items and the entries of the audit trail."""
    return {
        "schema": SCHEMA,
        "made_by": f"Claims {__version__}",
        "made_at": iso(made_at),
        "is_partial": record.is_partial,
        "session": _session(record),
        "people": [{"number": p.number, "name": p.name, "judges": p.is_judge} for p in people_named(record)],
        "runs": [{"comparison": pk, **run} for pk, run in record.runs.items()],
        "texts": [
            {
                "comparison": a.comparison,
                "outlet": a.outlet,
                "title": a.title,
                "url": a.url,
                "byline": a.byline,
                "published_at": moment(a.published_at),
                "text_sha256": a.text_sha256,
                "characters": len(a.text),
                "version": a.version,
            }
            for a in record.articles
        ],
        "agreement": None if record.is_partial else _agreement(record),
        "audit_trail": {"head": record.chain_head},
    }


def _session(record: Record) -> dict[str, Any]:
    return {
        "number": record.pk,
        "story": record.story,
        "newsroom": record.newsroom,
        "title": record.title,
        "question": record.question,
        "due_on": record.due_on.isoformat() if record.due_on else None,
        "state": record.state,
        "is_blind": record.is_blind,
        "judges_an_item": record.judges,
        "rows": record.rows,
        "choice": dict(record.choice),
        "sample_size": record.sample_size,
        "seed": record.seed,
        "opened_by": record.opened_by.number,
        "opened_at": iso(record.opened_at),
        "revealed_at": moment(record.revealed_at),
        "sealed_at": moment(record.sealed_at),
        "reopened_at": moment(record.reopened_at),
        "reopened_because": record.reopened_because,
    }


def _item(item: Item, *, is_partial: bool) -> dict[str, Any]:
    return {
        "number": item.number,
        "sort": item.sort,
        "relation": item.relation,
        "probability": item.probability,
        "divergences": list(item.divergences),
        "details": dict(item.details),
        "fingerprint": item.fingerprint,
        "comparison": item.comparison,
        "a": _side(item.a),
        "b": _side(item.b) if item.b else None,
        "added_by": _number(item.added_by),
        "follows": item.follows,
        "needs_another_look": item.look_again,
        "no_longer_judged_since": moment(item.retired_at),
        "no_longer_judged_because": item.retired_because,
        "outcome": None if is_partial else item.outcome or None,
        "is_disputed": None if is_partial else item.is_disputed,
        "votes": [_said(vote) | {"at_once": vote.is_bulk, "taken_back": vote.is_undone} for vote in item.votes],
        "decisions": [_said(decision) | {"reason": decision.reason} for decision in item.decisions],
        "notes": [{"by": note.by.number, "at": iso(note.at), "text": note.text} for note in item.notes],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "outlet": side.outlet,
        "text_sha256": side.text_sha256,
        "start": side.start,
        "end": side.end,
        "text": side.text,
    }


def _said(said: Said) -> dict[str, Any]:
    ballot = said.ballot
    return {
        "by": said.by.number,
        "at": iso(said.at),
        "answer": ballot.answer,
        "relation": ballot.relation or None,
        "kinds": list(ballot.kinds),
        "words_a": list(ballot.a) if ballot.a else None,
        "words_b": list(ballot.b) if ballot.b else None,
        "found": _found(ballot.found) if ballot.found else None,
        "version": said.version,
        "counts": said.is_current,
    }


def _found(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in ("outlet", "start", "end", "text")}


def _agreement(record: Record) -> dict[str, Any]:
    return {
        "overall": [_line(line) for line in record.figures.overall],
        "kinds": [_line(line) | {"named_on": line.named} for line in record.figures.kinds],
        "pairs": [_line(line) for _, line in record.figures.pairs],
    }


def _line(line: Line) -> dict[str, Any]:
    found: Agreement = line.found
    return {
        "on": line.name,
        "items": found.items,
        "pairs_of_votes": found.pairs,
        "agree": rounded(found.percent),
        "alpha": rounded(found.alpha),
    }


def _entry(entry: Link, *, is_partial: bool) -> dict[str, Any]:
    """With its payload, of which anyone can compute the hash; before the reveal without: it tells who judges."""
    return {
        "number": entry.number,
        "at": entry.payload["at"],
        "by": entry.payload["by"],
        "action": entry.payload["action"],
        "payload": None if is_partial else dict(entry.payload),
        "previous": entry.previous,
        "sha256": entry.sha256,
    }


def _number(person: Person | None) -> int | None:
    return person.number if person else None


def moment(value: datetime | None) -> str | None:
    return iso(value) if value else None
