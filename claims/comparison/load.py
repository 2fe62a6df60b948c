"""The way back of ``save``: a saved comparison as the values that the pipeline found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.db.models import Value

from claims.models import (
    Alignment,
    ClaimRow,
    ComparedArticle,
    Comparison,
    ConsideredPairs,
    Nearest,
    Origin,
    Sentence,
    Utterance,
)
from claims.models.article import details_of
from claims.pipeline import types

from .save import PARTS

_EVIDENCE = [f"divergences__{side}_{name}" for side in "ab" for name in ("start", "end", "text", "value")]


def load_result(comparison: Comparison, *, is_whole: bool = True) -> types.ComparisonResult:
    """Seven queries, whatever the size. A row's id is ``c`` and its number, an utterance's ``u`` and its number.

    Without the considered pairs, which ``load_considered`` finds. Four queries where it need not be whole: without
    origins, utterances and what came nearest, which of many articles is most of it.
    """
    articles = list(ComparedArticle.objects.filter(comparison=comparison))
    sentences, statuses = _sentences(comparison, [article.text for article in articles])
    return types.ComparisonResult(
        articles=tuple(_article(article) for article in articles),
        sentences=tuple(sentences.values()),
        statuses=statuses,
        rows=tuple(_rows(comparison, sentences, [article.outlet for article in articles])),
        alignments=tuple(_alignments(comparison, sentences)),
        origins=tuple(_origins(comparison, sentences, articles)) if is_whole else (),
        run=types.Run(**comparison.run),
        notices=tuple(comparison.notices),
        nearest=tuple(_nearest(comparison, sentences)) if is_whole else (),
        utterances=tuple(_utterances(comparison, sentences)) if is_whole else (),
    )


def load_considered(comparison: Comparison, sentences: Sequence[types.Sentence]) -> list[types.Considered] | None:
    """The pairs that a comparison of ``sentences`` would show at other thresholds; None if they were not kept."""
    found = ConsideredPairs.objects.filter(comparison=comparison).values_list("pairs", flat=True).first()
    if found is None:
        return None
    return [types.Considered(sentences[a].id, sentences[b].id, p / PARTS, bool(is_sure)) for a, b, p, is_sure in found]


def _id(article: ComparedArticle) -> str:
    """The article's primary key, or a word that is none if the article is gone."""
    return str(article.article_id or f"gone-{article.position}")


def _article(article: ComparedArticle) -> types.SourceArticle:
    return types.SourceArticle(
        id=_id(article),
        outlet=article.outlet,
        corrections=tuple(types.Correction(a, start, end, role or None) for a, start, end, role in article.corrections),
        **details_of(article),
    )


def _sentences(comparison: Comparison, texts: list[str]) -> tuple[dict[int, types.Sentence], dict[str, types.Status]]:
    """The sentences by primary key, in the order of the articles, and their statuses by id."""
    sentences: dict[int, types.Sentence] = {}
    statuses: dict[str, types.Status] = {}
    rows = Sentence.objects.filter(article__comparison=comparison).values_list(
        "pk", "article__position", "number", "start", "end", "role", "status"
    )
    for pk, article, number, start, end, role, status in rows:
        id_ = f"{article}.{number}"
        sentences[pk] = types.Sentence(id_, article, start, end, texts[article][start:end], cast(types.Role, role))
        statuses[id_] = cast(types.Status, status)
    return sentences, statuses


def _rows(comparison: Comparison, sentences: dict[int, types.Sentence], outlets: list[str]) -> Iterator[types.ClaimRow]:
    fields = ("number", "relation", "kinds", "origins", "importance")
    found = ClaimRow.objects.filter(comparison=comparison).order_by("number").values_list(*fields, "sentences")
    for number, group in groupby(found, key=itemgetter(0)):
        lines = list(group)
        _, relation, kinds, origins, importance, _ = lines[0]
        members = sorted((sentences[line[-1]] for line in lines), key=lambda s: (s.article, s.start))
        yield types.ClaimRow(
            id=f"c{number}",
            relation=relation,
            sentences=tuple(s.id for s in members),
            outlets=tuple(dict.fromkeys(outlets[s.article] for s in members)),
            origins=origins,
            kinds=tuple(kinds),
            importance=importance,
        )


def _alignments(comparison: Comparison, sentences: dict[int, types.Sentence]) -> Iterator[types.Alignment]:
    fields = ("pk", "a", "b", "similarity", "probability", "relation", "relation_probability", "part_a", "part_b")
    differences = [f"divergences__{name}" for name in ("kind", "probability", "rule", "explanation", "possible_update")]
    found = (
        Alignment.objects.filter(comparison=comparison)
        .order_by("pk", "divergences__pk")
        .values_list(*fields, *differences, *_EVIDENCE)
    )
    for _, group in groupby(found, key=itemgetter(0)):
        lines = list(group)
        _, a, b, similarity, probability, relation, certainty, part_a, part_b, *_ = lines[0]
        divergences = tuple(_divergence(*line[len(fields) :]) for line in lines if line[len(fields)])
        parts = (types.Part(*part) if part else None for part in (part_a, part_b))
        yield types.Alignment(
            sentences[a].id, sentences[b].id, similarity, probability, relation, certainty, divergences, *parts
        )


def _divergence(
    kind: types.Kind, probability: float, rule: str, explanation: str, possible_update: bool, *sides: Any
) -> types.Divergence:
    a, b = types.Evidence(*sides[:4]), types.Evidence(*sides[4:])
    return types.Divergence(kind, probability, rule, explanation, a, b, possible_update)


def _nearest(comparison: Comparison, sentences: dict[int, types.Sentence]) -> Iterator[types.Nearest]:
    found = Nearest.objects.filter(sentence__article__comparison=comparison).order_by("pk")
    for sentence, other, *figures in found.values_list("sentence", "other", "similarity", "probability"):
        yield types.Nearest(sentences[sentence].id, sentences[other].id, *figures)


def _utterances(comparison: Comparison, sentences: dict[int, types.Sentence]) -> Iterator[types.Utterance]:
    fields = [f"wordings__{name}" for name in ("sentence", "start", "end", "text", "rendering", "credited_to")]
    found = Utterance.objects.filter(comparison=comparison).order_by("number", "wordings__number")
    for (number, speaker), group in groupby(found.values_list("number", "speaker", *fields), key=itemgetter(0, 1)):
        wordings = (types.Wording(sentences[line[2]].id, *line[3:]) for line in group if line[2])
        yield types.Utterance(f"u{number}", speaker, tuple(wordings))


def _origins(
    comparison: Comparison, sentences: dict[int, types.Sentence], articles: list[ComparedArticle]
) -> Iterator[types.Origin]:
    ids = {article.pk: _id(article) for article in articles}
    found = Origin.objects.filter(comparison=comparison).order_by()
    printed = found.values_list("pk", "agency", "shared_ratio", Value("article"), "articles")
    copied = found.exclude(sentences=None).values_list("pk", "agency", "shared_ratio", Value("sentence"), "sentences")
    lines = sorted(printed.union(copied, all=True))
    for number, ((_, agency, ratio), group) in enumerate(groupby(lines, key=itemgetter(0, 1, 2)), start=1):
        parts = [(what, pk) for *_, what, pk in group]
        yield types.Origin(
            id=f"o{number}",
            articles=tuple(ids[pk] for what, pk in parts if what == "article"),
            shared_ratio=ratio,
            agency=agency,
            sentences=tuple(sentences[pk].id for what, pk in parts if what == "sentence"),
        )
