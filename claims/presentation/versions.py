"""What an outlet changed between two versions of an article, laid out to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString

from claims.models import ArticleVersion
from claims.pipeline.diff import Change, diff_words
from claims.pipeline.text_diff import Fate, Passage, diff_texts

from .changes import marked
from .words import counted, listed

LABELS: dict[Fate, str] = {
    "same": "",
    "tiny": "Tiny edit",
    "changed": "Changed",
    "added": "Added",
    "removed": "Removed",
    "moved away": "Moved from here",
    "moved here": "Moved to here",
}
#: A page shows so many sentences at most; two articles that have nothing in common are no longer read as a diff.
MOST_LINES = 1500


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its marks; or, where ``skipped`` counts them, unchanged ones that are not shown."""

    fate: Fate
    text: SafeString | None = None
    skipped: int = 0

    @property
    def label(self) -> str:
        return LABELS[self.fate]


@dataclass(frozen=True)
class Revision:
    """What changed from ``before`` to ``after``. ``is_whole``: what did not change is shown too."""

    before: ArticleVersion
    after: ArticleVersion
    is_whole: bool = False
    hides_tiny: bool = False

    @cached_property
    def passages(self) -> list[Passage]:
        return diff_texts(self.before.text, self.after.text)

    @cached_property
    def counts(self) -> Counter[Fate]:
        return Counter(passage.fate for passage in self.passages)

    @property
    def says(self) -> str:
        """How many sentences changed in which way."""
        count = self.counts
        told = [
            (count["changed"], "changed"),
            (count["added"], "added"),
            (count["removed"], "removed"),
            (count["moved here"], "moved"),
        ]
        parts = [f"{counted(n, 'sentence')} {what}" for n, what in told if n]
        if count["tiny"]:
            parts.append(counted(count["tiny"], "tiny edit"))
        return f"{listed(parts)}." if parts else "No sentence of the text changed."

    @property
    def is_little_alike(self) -> bool:
        """Whether less than half of the sentences before are there afterwards, so that it may be another article."""
        kept = sum(self.counts[fate] for fate in ("same", "tiny", "changed", "moved away"))
        return kept < self.counts["removed"]

    @property
    def details(self) -> list[tuple[str, SafeString]]:
        """What else changed, with its name."""
        found = [
            ("Title", self.before.title, self.after.title),
            ("Byline", self.before.byline, self.after.byline),
            ("Published", _moment(self.before), _moment(self.after)),
        ]
        return [(name, marked(_changes(a, b), is_told=True)) for name, a, b in found if a != b]

    @cached_property
    def lines(self) -> list[Line]:
        return list(self._lines())[:MOST_LINES]

    @property
    def left_out(self) -> int:
        return max(0, sum(1 for _ in self._lines()) - MOST_LINES)

    def _lines(self) -> Iterator[Line]:
        skipped = 0
        for passage, is_shown in zip(self.passages, self._shown(), strict=True):
            if not is_shown:
                skipped += 1
                continue
            if skipped:
                yield Line("same", skipped=skipped)
            skipped = 0
            yield self._line(passage)
        if skipped:
            yield Line("same", skipped=skipped)

    def _line(self, passage: Passage) -> Line:
        if not self._counts(passage):
            return Line("same", escape(passage.after.text.strip() if passage.after else ""))
        return Line(passage.fate, marked(passage.changes, is_told=True))

    def _shown(self) -> Sequence[bool]:
        """Whether each passage is shown: what changed, with the sentences beside it."""
        if self.is_whole:
            return [True] * len(self.passages)
        counts = [False, *map(self._counts, self.passages), False]
        return [any(counts[n : n + 3]) for n in range(len(self.passages))]

    def _counts(self, passage: Passage) -> bool:
        return passage.fate != "same" and not (self.hides_tiny and passage.fate == "tiny")


def _changes(before: str, after: str) -> list[Change]:
    return diff_words(before, after, is_exact=True) if before and after else [Change("replace", before, after)]


def _moment(version: ArticleVersion) -> str:
    return date_format(timezone.localtime(version.published_at), "j F Y, H:i") if version.published_at else ""
