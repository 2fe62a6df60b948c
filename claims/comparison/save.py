"""Saves what a comparison found: all of it or nothing, in few queries however much it is."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from claims.models import (
    Alignment,
    ClaimRow,
    ComparedArticle,
    Comparison,
    ConsideredPairs,
    Divergence,
    Nearest,
    Origin,
    Sentence,
    Story,
    Utterance,
    Wording,
)
from claims.models.article import details_of, text_sha256
from claims.pipeline import types
from claims.pipeline.nearest import DIGITS

#: A considered pair's probability is stored as so many parts of one.
PARTS = 10**DIGITS


@transaction.atomic
def save_result(story: Story, result: types.ComparisonResult) -> Comparison:
    """Store what a comparison found; the ids of ``result.articles`` are those of the story's articles."""
    comparison = Comparison.objects.create(story=story, run=asdict(result.run), notices=list(result.notices))
    articles = ComparedArticle.objects.bulk_create(
        _compared(comparison, position, source) for position, source in enumerate(result.articles)
    )
    sentences = _save_sentences(articles, result)
    _save_rows(comparison, sentences, result.rows)
    _save_alignments(comparison, sentences, result.alignments)
    _save_nearest(sentences, result.nearest)
    _save_considered(comparison, result)
    _save_utterances(comparison, sentences, result.utterances)
    _save_origins(
        comparison, {source.id: a for source, a in zip(result.articles, articles, strict=True)}, sentences, result
    )
    return comparison


def _compared(comparison: Comparison, position: int, source: types.SourceArticle) -> ComparedArticle:
    return ComparedArticle(
        comparison=comparison,
        article_id=int(source.id),
        position=position,
        outlet=source.outlet,
        text_sha256=text_sha256(source.text),
        corrections=[[c.action, c.start, c.end, c.role or ""] for c in source.corrections],
        **details_of(source),
    )


def _save_sentences(articles: list[ComparedArticle], result: types.ComparisonResult) -> dict[str, Sentence]:
    """The saved sentences by their id in the result."""
    rows = {
        s.id: Sentence(
            article=articles[s.article],
            number=int(s.id.partition(".")[2]),
            start=s.start,
            end=s.end,
            role=s.role,
            status=result.statuses[s.id],
        )
        for s in result.sentences
    }
    Sentence.objects.bulk_create(rows.values())
    return rows


def _save_rows(comparison: Comparison, sentences: dict[str, Sentence], rows: tuple[types.ClaimRow, ...]) -> None:
    ordered = sorted(rows, key=lambda row: -row.importance)
    saved = ClaimRow.objects.bulk_create(
        ClaimRow(
            comparison=comparison,
            number=number,
            relation=row.relation,
            kinds=list(row.kinds),
            origins=row.origins,
            importance=row.importance,
        )
        for number, row in enumerate(ordered, start=1)
    )
    members = ClaimRow.sentences.through
    members._default_manager.bulk_create(
        members(claimrow=claim, sentence=sentences[id_])
        for claim, row in zip(saved, ordered, strict=True)
        for id_ in row.sentences
    )


def _save_alignments(
    comparison: Comparison, sentences: dict[str, Sentence], alignments: tuple[types.Alignment, ...]
) -> None:
    saved = Alignment.objects.bulk_create(
        Alignment(
            comparison=comparison,
            a=sentences[found.a],
            b=sentences[found.b],
            similarity=found.similarity,
            probability=found.probability,
            relation=found.relation,
            relation_probability=found.relation_probability,
            part_a=_part(found.part_a),
            part_b=_part(found.part_b),
        )
        for found in alignments
    )
    Divergence.objects.bulk_create(
        _divergence(alignment, divergence)
        for alignment, found in zip(saved, alignments, strict=True)
        for divergence in found.divergences
    )


def _part(part: types.Part | None) -> list:
    return [part.start, part.end, part.kind] if part else []


def _divergence(alignment: Alignment, found: types.Divergence) -> Divergence:
    return Divergence(
        alignment=alignment,
        kind=found.kind,
        probability=found.probability,
        rule=found.rule,
        explanation=found.explanation,
        a_start=found.a.start,
        a_end=found.a.end,
        a_text=found.a.text,
        a_value=found.a.value,
        b_start=found.b.start,
        b_end=found.b.end,
        b_text=found.b.text,
        b_value=found.b.value,
        possible_update=found.possible_update,
    )


def _save_nearest(sentences: dict[str, Sentence], nearest: tuple[types.Nearest, ...]) -> None:
    Nearest.objects.bulk_create(
        Nearest(
            sentence=sentences[found.sentence],
            other=sentences[found.other],
            similarity=found.similarity,
            probability=found.probability,
        )
        for found in nearest
    )


def _save_considered(comparison: Comparison, result: types.ComparisonResult) -> None:
    if result.considered is None:
        return
    place = {sentence.id: n for n, sentence in enumerate(result.sentences)}
    pairs = [[place[c.a], place[c.b], round(c.probability * PARTS), int(c.is_sure)] for c in result.considered]
    ConsideredPairs.objects.create(comparison=comparison, pairs=pairs)


def _save_utterances(
    comparison: Comparison, sentences: dict[str, Sentence], utterances: tuple[types.Utterance, ...]
) -> None:
    saved = Utterance.objects.bulk_create(
        Utterance(comparison=comparison, number=number, speaker=found.speaker)
        for number, found in enumerate(utterances, start=1)
    )
    Wording.objects.bulk_create(
        Wording(
            utterance=utterance,
            sentence=sentences[wording.sentence],
            number=number,
            start=wording.start,
            end=wording.end,
            text=wording.text,
            rendering=wording.rendering,
            credited_to=wording.credited_to,
        )
        for utterance, found in zip(saved, utterances, strict=True)
        for number, wording in enumerate(found.wordings)
    )


def _save_origins(
    comparison: Comparison,
    articles: dict[str, ComparedArticle],
    sentences: dict[str, Sentence],
    result: types.ComparisonResult,
) -> None:
    saved = Origin.objects.bulk_create(
        Origin(comparison=comparison, agency=found.agency, shared_ratio=found.shared_ratio) for found in result.origins
    )
    printed_in, consists_of = Origin.articles.through, Origin.sentences.through
    pairs = list(zip(saved, result.origins, strict=True))
    printed_in._default_manager.bulk_create(
        printed_in(origin=origin, comparedarticle=articles[id_]) for origin, found in pairs for id_ in found.articles
    )
    consists_of._default_manager.bulk_create(
        consists_of(origin=origin, sentence=sentences[id_]) for origin, found in pairs for id_ in found.sentences
    )
