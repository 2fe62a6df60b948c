"""A comparison with the look-ups that pages need, made once: a saved comparison never changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from claims.comparison.load import load_result
from claims.models import Comparison
from claims.pipeline.nearest import is_unsure, nearest_by_row
from claims.pipeline.types import Alignment, ClaimRow, ComparisonResult, Nearest, Sentence, SourceArticle, Status

#: Comparisons kept in memory, some megabytes each; a newsroom looks at few stories at a time.
KEPT = 8
#: That a sentence stands alone where nothing came near to it at all.
ALONE = 0.95


@dataclass(frozen=True)
class Snapshot:
    """``result.rows[n]`` is the row with the number ``n + 1``; rows stand in order of importance."""

    pk: int
    result: ComparisonResult
    compared_at: datetime

    @cached_property
    def outlets(self) -> Sequence[str]:
        """A name for each article: its outlet, counted where an outlet has several articles."""
        names = [article.outlet for article in self.result.articles]
        repeats = [names[:n].count(name) for n, name in enumerate(names, start=1)]
        return [name if repeat == 1 else f"{name} ({repeat})" for name, repeat in zip(names, repeats, strict=True)]

    @cached_property
    def sentences(self) -> Mapping[str, Sentence]:
        return {sentence.id: sentence for sentence in self.result.sentences}

    @cached_property
    def by_article(self) -> Sequence[Sequence[Sentence]]:
        found: list[list[Sentence]] = [[] for _ in self.result.articles]
        for sentence in self.result.sentences:
            found[sentence.article].append(sentence)
        return found

    @cached_property
    def rows_of(self) -> Mapping[str, Sequence[ClaimRow]]:
        """The rows of each sentence that stands in one. Those of its own status come first, then by importance."""
        found: dict[str, list[ClaimRow]] = defaultdict(list)
        for row in self.result.rows:
            for id_ in row.sentences:
                found[id_].append(row)
        for id_, rows in found.items():
            rows.sort(key=lambda row: row.relation != self.status(id_))
        return found

    @cached_property
    def links_of(self) -> Mapping[str, Sequence[Alignment]]:
        """The alignments within each row, by the row's id."""
        found: dict[str, list[Alignment]] = {row.id: [] for row in self.result.rows}
        for alignment in self.result.alignments:
            theirs = {row.id for row in self.rows_of.get(alignment.b, ())}
            for row in self.rows_of.get(alignment.a, ()):
                if row.id in theirs:
                    found[row.id].append(alignment)
        return found

    @cached_property
    def nearest_of(self) -> Mapping[str, Mapping[int, Nearest]]:
        """What came nearest to each row in each article that it does not reach, by the row's id and the article."""
        return nearest_by_row(self.result)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The ids of rows that are said to be one outlet's alone, while one of another's sentences may say the same."""
        return frozenset(
            row.id
            for row in self.result.rows
            if row.relation == "unique"
            and any(is_unsure(near, self.result.run.thresholds) for near in self.nearest_of[row.id].values())
        )

    def alone(self, row: ClaimRow) -> float:
        """How probable it is that no other outlet says what a row of one sentence says."""
        near = self.nearest_of[row.id].values()
        return 1 - max((found.probability for found in near), default=1 - ALONE)

    def status(self, id_: str) -> Status:
        return self.result.statuses[id_]

    def row(self, number: int) -> ClaimRow | None:
        return self.result.rows[number - 1] if 1 <= number <= len(self.result.rows) else None

    def members(self, row: ClaimRow) -> list[Sentence]:
        return [self.sentences[id_] for id_ in row.sentences]


@dataclass(frozen=True, slots=True)
class _Key:
    """The time is part of the key because a database that was emptied counts its keys from 1 again."""

    pk: int
    compared_at: datetime
    comparison: Comparison = field(compare=False)


def load_snapshot(comparison: Comparison) -> Snapshot:
    """Seven queries the first time, none while it is among the last ``KEPT``."""
    return _load(_Key(comparison.pk, comparison.created_at, comparison))


def load_claims(comparison: Comparison) -> Snapshot:
    """Without origins, utterances and what came nearest, so that nothing is known of how probably a row stands alone.

    Four queries each time: for what is asked once, of comparisons that nobody may look at.
    """
    return Snapshot(comparison.pk, load_result(comparison, is_whole=False), comparison.created_at)


@lru_cache(maxsize=KEPT)
def _load(key: _Key) -> Snapshot:
    return Snapshot(key.pk, load_result(key.comparison), key.compared_at)


def article_pk(article: SourceArticle) -> int | None:
    """The article's primary key, None if it is gone."""
    return int(article.id) if article.id.isdigit() else None


def number_of(row: ClaimRow) -> int:
    """A row's number, which its address holds."""
    return int(row.id[1:])
