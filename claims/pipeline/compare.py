"""The whole way from articles to what a reader sees: split, embed, align, relate, rows, origins."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from claims import __version__

from . import alignment as aligning
from . import damage
from .agencies import credit_notices
from .calibration import OWN, VOID, Calibration, Models
from .candidates import PER_ARTICLE
from .encoder import LANGUAGES
from .language import foreign_notice
from .ledger import build_ledger
from .nearest import DIGITS, find_nearest
from .origins import find_origins, origins_of_sentences
from .pair_model import PairReader
from .parts import PartFinder
from .relations.contradiction import denies_a_cause, may_deny_a_cause
from .relations.deciding import DIVERGENCE_THRESHOLD, decide
from .relations.facts import read_facts
from .relations.updates import mark_updates
from .rows import draw_rows, statuses
from .sentences import split_article
from .text import check_length
from .thresholds import LOWEST, check_threshold
from .types import (
    COMPARED_ROLES,
    Alignment,
    ComparisonResult,
    Considered,
    Encoder,
    Origin,
    Part,
    Progress,
    Run,
    Sentence,
    SourceArticle,
    UnusableInput,
    no_progress,
)

#: The least probability of one claim at which a denied cause is believed to be the other side's.
LEAST_DENIED = 0.03
#: How often readers saw no divergence in an aligned pair in which no rule found one (training stories).
AGREE_PROBABILITY = 0.84


def compare_articles(
    articles: Sequence[SourceArticle],
    encoder: Encoder,
    progress: Progress = no_progress,
    reader: PairReader | None = None,
    threshold: float | None = None,
    calibration: Calibration | None = None,
) -> ComparisonResult:
    """What ``articles`` agree on, where they diverge, and what only one of them says. Does not depend on their order.

    ``reader`` reads the likely pairs together; without one, features of the two sentences decide alone. ``threshold``:
    from which told probability on two sentences are one claim; the model's own by default. ``calibration`` moves the
    probabilities that are told, if it was made for these models; it moves the model's own threshold with them, so that
    which pairs are shown stays as it was.

    Raises UnusableInput when fewer than two articles are given, one of them is empty or too long, or the threshold is
    not one that can be chosen.
    """
    clock = _Clock()
    if threshold is not None:
        check_threshold(threshold)
    if len(articles) < 2:
        raise UnusableInput("A comparison needs at least two articles. Add another outlet's article on the same event.")
    with clock.measure("split"):
        sentences = _split(articles, progress)
        compared = [sentence for sentence in sentences if sentence.role in COMPARED_ROLES]
    with clock.measure("load"):
        model = aligning.load_alignment_model(encoder.name)
        progress("load", 0, 1)
        encoder.load()
        if reader is not None:
            reader.load()
        progress("load", 1, 1)
    with clock.measure("embed"):
        vectors = encoder.encode([s.text for s in compared], lambda done, total: progress("embed", done, total))
    with clock.measure("align"):
        scored = aligning.score_pairs(
            compared, vectors, model, reader, lambda done, total: progress("align", done, total)
        )
        models = Models(encoder.sha256, reader.sha256 if reader else "", aligning.weights_sha256())
        fitting = calibration if calibration and calibration.models == models else None
        scale = fitting.scale if fitting else OWN
        model_threshold = round(float(scale.tell(model.threshold(read=reader is not None))), DIGITS)
        least = model_threshold if threshold is None else threshold
        told = replace(scored, probability=np.round(scale.tell(scored.probability), DIGITS))
        possible = list(_possible_pairs(scored, told, min(LOWEST, least), compared, articles))
        progress("align", 1, 1)
    with clock.measure("relate"):
        considered, alignments = _relate(possible, least, [s.text for s in compared], articles, progress)
        origins = find_origins(articles, sentences)
        rows = draw_rows(compared, alignments, articles, origins_of_sentences(origins, compared, articles))
        nearest = find_nearest(compared, vectors, told, rows)
        utterances = build_ledger(articles, sentences, alignments)
    return ComparisonResult(
        articles=tuple(articles),
        sentences=tuple(sentences),
        statuses=statuses(sentences, rows, alignments),
        rows=rows,
        alignments=alignments,
        origins=origins,
        run=Run(
            encoder=encoder.name,
            encoder_sha256=encoder.sha256,
            thresholds={
                "alignment": least,
                "divergence": DIVERGENCE_THRESHOLD,
                "candidates": PER_ARTICLE,
            },
            version=__version__,
            seconds=clock.seconds(),
            relation_model=reader.name if reader else "",
            relation_model_sha256=models.relation_model_sha256,
            alignment_sha256=models.alignment_sha256,
            model_threshold=model_threshold,
            calibration=fitting.as_record() if fitting else None,
        ),
        notices=(
            *_notices(articles, compared, alignments, origins, encoder),
            *([VOID] if calibration and not fitting else []),
        ),
        nearest=nearest,
        utterances=utterances,
        considered=considered,
    )


def _split(articles: Sequence[SourceArticle], progress: Progress) -> list[Sentence]:
    sentences: list[Sentence] = []
    for number, article in enumerate(articles):
        progress("split", number, len(articles))
        check_length(article.text)
        sentences += split_article(article, number)
    progress("split", len(articles), len(articles))
    return sentences


@dataclass(frozen=True, slots=True)
class _Possible:
    """Two sentences that may be one claim. ``own``: by the model itself; ``probability``: as it is told.

    ``is_sure``: one side denies the cause that the other gives, so that they are one claim at any threshold.
    """

    a: Sentence
    b: Sentence
    similarity: float
    own: float
    probability: float
    is_sure: bool


def _possible_pairs(
    scored: aligning.ScoredPairs,
    told: aligning.ScoredPairs,
    least: float,
    compared: Sequence[Sentence],
    articles: Sequence[SourceArticle],
) -> Iterator[_Possible]:
    """Pairs that are told as ``least`` probable or more, and those that are sure."""
    for p in np.flatnonzero((told.probability >= least) | (scored.probability >= LEAST_DENIED)):
        a, b = compared[scored.a[p]], compared[scored.b[p]]
        probability, is_sure = float(told.probability[p]), _denies_a_cause(a, b, articles)
        if probability >= least or is_sure:
            cosine, own = (round(float(values[p]), DIGITS) for values in (scored.cosine, scored.probability))
            yield _Possible(a, b, cosine, own, probability, is_sure)


def _denies_a_cause(a: Sentence, b: Sentence, articles: Sequence[SourceArticle]) -> bool:
    """Whether one side denies the cause that the other gives: then they state one claim, however unlike they are."""
    return may_deny_a_cause(a.text, b.text) and denies_a_cause(
        read_facts(a, articles[a.article]), read_facts(b, articles[b.article])
    )


def _relate(
    possible: Sequence[_Possible],
    least: float,
    texts: Sequence[str],
    articles: Sequence[SourceArticle],
    progress: Progress,
) -> tuple[tuple[Considered, ...], tuple[Alignment, ...]]:
    """The pairs that are one claim from some threshold on, and those from ``least`` on with how they differ.

    ``texts``: of every sentence compared.
    """
    mentioned = {sentence for pair in possible for sentence in (pair.a, pair.b)}
    facts = {sentence.id: read_facts(sentence, articles[sentence.article]) for sentence in mentioned}
    finder = PartFinder(texts)
    considered, related = [], []
    for done, pair in enumerate(possible):
        if done % 50 == 0:
            progress("relate", done, len(possible))
        a, b = facts[pair.a.id], facts[pair.b.id]
        claim = finder.find(pair.a, pair.b)
        found = decide(a, b, pair.own, claim.concerns)
        if found is None:
            continue
        considered.append(Considered(pair.a.id, pair.b.id, pair.probability, pair.is_sure))
        if pair.is_sure or pair.probability >= least:
            claim.widen(found)
            times = articles[pair.a.article].published_at, articles[pair.b.article].published_at
            related.append(_with_divergences(pair, mark_updates(found, a, b, times), claim.parts))
    progress("relate", len(possible), len(possible))
    return tuple(considered), tuple(related)


def _with_divergences(pair: _Possible, found: tuple, parts: tuple[Part | None, Part | None]) -> Alignment:
    sides = pair.a.id, pair.b.id, pair.similarity, pair.probability
    if not found:
        return Alignment(*sides, "agree", AGREE_PROBABILITY, (), *parts)
    return Alignment(*sides, "diverge", max(d.probability for d in found), found, *parts)


def _notices(
    articles: Sequence[SourceArticle],
    compared: Sequence[Sentence],
    alignments: Sequence[Alignment],
    origins: Sequence[Origin],
    encoder: Encoder,
) -> Iterator[str]:
    """What a reader has to know before believing the result."""
    supported = LANGUAGES.get(encoder.name)
    for article in articles:
        if supported and article.language and (notice := foreign_notice(article.language, supported)):
            yield f"{article.outlet}: {notice}"
    yield from (f"{article.outlet}: {damage.NOTICE}" for article in articles if damage.is_damaged(article.text))
    counts = Counter(sentence.article for sentence in compared)
    for number, article in enumerate(articles):
        if counts[number] == 0:
            yield f"{article.outlet}: no sentence of this article can be compared."
        elif counts[number] == 1:
            yield f"{article.outlet}: this article has only one sentence, so little can be said about it."
    yield from credit_notices(articles, origins)
    if not alignments:
        yield "These articles share no claim. Do they report the same event?"
        return
    met = {frozenset((x.a.split(".")[0], x.b.split(".")[0])) for x in alignments}
    for number, article in enumerate(articles):
        if len(articles) > 2 and not any(str(number) in pair for pair in met):
            yield f"{article.outlet}: this article shares no claim with the others. Does it report the same event?"
    for a, b in combinations(range(len(articles)), 2):
        if articles[a].text == articles[b].text:
            yield f"{articles[a].outlet} and {articles[b].outlet} print the same text; it counts as one origin."


class _Clock:
    """Seconds a stage took, in the contract's words."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._spent: dict[str, float] = {}

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._spent[stage] = time.perf_counter() - start

    def seconds(self) -> dict[str, float]:
        return {stage: round(spent, 4) for stage, spent in self._spent.items()} | {
            "total": round(time.perf_counter() - self._start, 4)
        }
