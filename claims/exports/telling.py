"""What a document for reading says and in which order, the same as DOCX and as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from .report import Entry, Report, Shown, Spoken

Piece = tuple[str, str]


class Paper(Protocol):
    """What is written on, from top to bottom. Pieces: text with "", "b" bold, "i" aside, or "mark" for what differs."""

    def heading(self, text: str, level: int) -> None: ...

    def line(self, *pieces: Piece, keeps: bool = False) -> None:
        """``keeps``: on one page with what follows."""

    def point(self, *pieces: Piece) -> None:
        """One of a list."""

    def table(self, rows: Sequence[Sequence[str]], head: Sequence[str] = (), shares: Sequence[float] = ()) -> None:
        """``shares``: of the width, a column each."""


def tell(report: Report, paper: Paper, *, with_trail: bool = False) -> None:
    """``with_trail``: with every entry of the audit trail."""
    paper.heading(report.record.title, 0)
    if report.notice:
        paper.line((report.notice, "b"))
    trail = ("Audit trail", f"{len(report.trail)} entries, ending in {report.head}")
    paper.table([*report.facts, trail], shares=(1, 5))
    if report.agreement:
        paper.heading("How far the judges agree", 1)
        lines = [(name, line.percent, line.alpha, str(line.found.items)) for name, line in report.agreement]
        paper.table(lines, head=("On", "Agree", "Alpha", "n"), shares=(6, 1, 1, 1))
        paper.line((report.about_agreement, "i"))
    paper.heading("Items", 1)
    paper.line((report.counts, "i"))
    for entry in report.items:
        _tell_item(paper, entry)
    paper.heading("The texts", 1)
    texts = [
        (str(t.number), t.outlet, _listed(t.title, t.byline, t.published, t.version), t.sha256) for t in report.texts
    ]
    paper.table(texts, head=("No.", "Outlet", "Article", "SHA-256 of the text"), shares=(1, 4, 8, 9))
    paper.heading("How it was compared", 1)
    for run in report.runs:
        paper.table(run, shares=(1, 3))
    if with_trail:
        _tell_trail(paper, report)
    else:
        paper.line((report.about_head, "i"))
    paper.line(
        (f"Made by Claims {report.version} on {report.made}. ", "i"),
        ("" if with_trail else "The HTML, PDF, XLSX and JSON files hold the audit trail.", "i"),
    )


def _listed(*details: str) -> str:
    return ", ".join(filter(None, details))


def _tell_item(paper: Paper, entry: Entry) -> None:
    paper.heading(f"Item {entry.number}: {entry.proposes}", 2)
    if entry.likely:
        paper.line((f"{entry.likely}, by the comparison", "i"), keeps=True)
    for side in entry.sides:
        place = f"text {side.article}, {side.where}" if side.article else side.where
        paper.line((side.outlet, "b"), (f" ({place})\n", "i"), *_words(side), keeps=True)
    for kind, explanation in entry.differences:
        paper.line((kind, "b"), (f" {explanation}", ""))
    for sentence in entry.about:
        paper.line((sentence, "i"))
    paper.line((entry.stands[:1].upper() + entry.stands[1:], "b"))
    for said in entry.decisions:
        paper.point(*_said(said, "decided: "), (f" “{said.text}”", ""), (f" {said.when}", "i"))
    for said in entry.votes:
        paper.point(*_said(said, ""), (f", {said.text}" if said.text else "", ""), (f" {said.when}", "i"))
    for note in entry.notes:
        paper.point((f"Note by {note.who}: ", "b"), (note.text, ""), (f" {note.when}", "i"))


def _said(said: Spoken, verb: str) -> Sequence[Piece]:
    aside = f" ({said.aside})" if said.aside else ""
    return ((f"{said.who}: ", "b"), (f"{verb}{said.words}{aside}", ""))


def _words(side: Shown) -> Iterable[Piece]:
    """The sentence in pieces, the words that differ marked."""
    at = 0
    for start, end in sorted(set(side.spans)):
        if at <= start < end <= len(side.text):
            yield side.text[at:start], ""
            yield side.text[start:end], "mark"
            at = end
    yield side.text[at:], ""


def _tell_trail(paper: Paper, report: Report) -> None:
    paper.heading("Audit trail", 1)
    paper.line((report.about_head, "i"))
    entries = [
        (str(entry.number), f"{entry.at.day} {entry.at:%b %Y, %H:%M:%S}", entry.who, entry.what, entry.sha256[:12])
        for entry in report.trail
    ]
    paper.table(entries, head=("No.", "When", "Who", "What", "Hash"), shares=(2, 6, 5, 11, 4))
