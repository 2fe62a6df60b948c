"""The record in columns, for spreadsheets: one table an item, a vote, a text and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from claims.review.record import Item, Record, Said
from claims.review.words import say

from .report import Report, kinds_of, proposal, sides_of, standing, words_chosen

Cell = str | int | float | bool | None
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """``name`` has at most the 31 characters that a spreadsheet allows; every row is as long as ``heads``."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Row]


ITEM_HEADS = (
    "item", "sort", "proposed", "kinds", "probability",
    "outlet_a", "sentence_a", "start_a", "end_a", "text_sha256_a",
    "outlet_b", "sentence_b", "start_b", "end_b", "text_sha256_b",
    "differences", "stands", "outcome", "disputed", "decision", "decided_by", "reason",
    "needs_another_look", "no_longer_judged", "follows", "run", "notes",
)  # fmt: skip
SAID_HEADS = (
    "item", "by", "at", "answer", "relation", "kinds", "words_a_start", "words_a_end", "words_b_start", "words_b_end",
    "words", "found_outlet", "found_sentence", "says", "version", "counts",
)  # fmt: skip


def make_tables(record: Record, made_at: datetime) -> list[Table]:
    report = Report(record, made_at)
    votes = [(item, said) for item in record.items for said in item.votes]
    decisions = [(item, said) for item in record.items for said in item.decisions]
    notes = [(item.number, note.by.name, iso(note.at), note.text) for item in record.items for note in item.notes]
    return [
        Table("Session", ("what", "is"), session_rows(report)),
        Table("Items", *item_table(report)),
        Table("Votes", (*SAID_HEADS, "at_once"), [(*_said(item, v), v.is_bulk) for item, v in votes]),
        Table("Decisions", (*SAID_HEADS, "reason"), [(*_said(item, d), d.reason) for item, d in decisions]),
        Table("Notes", ("item", "by", "at", "note"), notes),
        Table("Agreement", ("on", "agree", "alpha", "n", "pairs_of_votes"), agreement_rows(report)),
        Table("Texts", ("no", "outlet", "title", "byline", "published", "address", "text_sha256"), text_rows(report)),
        Table("Audit trail", ("no", "at", "by", "what", "sha256"), trail_rows(report)),
    ]


def session_rows(report: Report) -> list[Row]:
    found: list[Row] = [("Session", report.record.title), *report.facts]
    if report.notice:
        found.append(("Not revealed yet", report.notice))
    for number, run in enumerate(report.runs, start=1):
        found += [(f"Run {number}: {label}", value) for label, value in run]
    found += [("Audit trail ends in", report.head), ("Exported", f"{report.made}, by Claims {report.version}")]
    return [*found, ("About agreement", report.about_agreement)]


def item_table(report: Report) -> tuple[list[str], list[Row]]:
    """Heads and rows: what holds of each item, then what each judge says of it now, a column a judge.

    ``run``: which of the runs among the facts of the session proposed the item. Two judges of one name are told apart
    by their numbers in the newsroom.
    """
    record = report.record
    judges = [person for person in record.people if person.is_judge]
    names = [person.name for person in judges]
    heads = [f"{p.name} ({p.number})" if names.count(p.name) > 1 else p.name for p in judges]
    rows: list[Row] = []
    for item in record.items:
        said = {vote.by.number: say(vote.ballot) for vote in item.current}
        rows.append((*_item(item, report), *(said.get(person.number, "") for person in judges)))
    return [*ITEM_HEADS, *(f"vote: {head}" for head in heads)], rows


def _item(item: Item, report: Report) -> Iterator[Cell]:
    yield from (item.number, item.sort, proposal(item), " ".join(kinds_of(item)))
    yield round(item.probability, 4) if item.sort != "added" else None
    for _, side in sides_of(item):
        yield from (side.outlet, side.text, side.start, side.end, side.text_sha256)
    if item.b is None:
        yield from (None,) * 5
    yield " / ".join(d["explanation"] for d in item.divergences)
    hides = report.record.is_partial
    yield standing(item, is_partial=hides)
    yield from ("" if hides else item.outcome, None if hides else item.is_disputed)
    decision = item.decision
    yield from (say(decision.ballot), decision.by.name, decision.reason) if decision else ("", "", "")
    yield from (item.look_again, item.retired_because, item.follows, report.run_numbers[item.comparison])
    yield "\n".join(f"{note.by.name}: {note.text}" for note in item.notes)


def _said(item: Item, said: Said) -> Iterator[Cell]:
    ballot = said.ballot
    yield from (item.number, said.by.name, iso(said.at), ballot.answer, ballot.relation, " ".join(ballot.kinds))
    yield from (*(ballot.a or (None, None)), *(ballot.b or (None, None)), words_chosen(said, item))
    yield from (ballot.found["outlet"], ballot.found["text"]) if ballot.found else ("", "")
    yield from (say(ballot), said.version, said.is_current)


def agreement_rows(report: Report) -> list[Row]:
    return [
        (name, rounded(line.found.percent), rounded(line.found.alpha), line.found.items, line.found.pairs)
        for name, line in report.agreement
    ]


def text_rows(report: Report) -> list[Row]:
    return [(t.number, t.outlet, t.title, t.byline, t.published, t.link, t.sha256) for t in report.texts]


def trail_rows(report: Report) -> list[Row]:
    return [(e.number, iso(e.at), e.who, e.what, e.sha256) for e in report.trail]


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
