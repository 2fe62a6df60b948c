"""A comparison as JSON, CSV, text and one self-contained HTML page: the formats of ``manage.py compare``.

The JSON is a contract (docs/pipeline.md): keys may be added, and none changes its meaning. Articles are numbered in the
order in which they were given, since sentence ids begin with that number.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from .damage import is_damaged
from .differences import gravest_first, group_by_fact
from .nearest import is_unsure, nearest_by_row, percent
from .parts import stating_words
from .relations import quotations
from .types import (
    Alignment,
    ClaimRow,
    ComparisonResult,
    Divergence,
    Nearest,
    Sentence,
    SourceArticle,
    Utterance,
    Wording,
)

HEADLINES = {"agree": "Agree", "diverge": "Diverge", "unique": "Only one outlet"}


def as_dict(result: ComparisonResult) -> dict[str, Any]:
    """The contract's object, of plain values only."""
    return {
        "schema": 1,
        "articles": [_article(k, article, result) for k, article in enumerate(result.articles)],
        "claims": [
            {
                "id": row.id,
                "relation": row.relation,
                "sentences": list(row.sentences),
                "outlets": list(row.outlets),
                "origins": row.origins,
                "kinds": list(row.kinds),
                "importance": row.importance,
            }
            for row in result.rows
        ],
        "alignments": [dataclasses.asdict(alignment) for alignment in result.alignments],
        "nearest": [dataclasses.asdict(nearest) for nearest in result.nearest],
        "utterances": [dataclasses.asdict(utterance) for utterance in result.utterances],
        "origins": [
            {**dataclasses.asdict(origin), "articles": [_number(id_, result) for id_ in origin.articles]}
            for origin in result.origins
        ],
        "run": dataclasses.asdict(result.run),
        "notices": list(result.notices),
    }


def as_json(result: ComparisonResult) -> str:
    return json.dumps(as_dict(result), ensure_ascii=False, indent=1) + "\n"


def as_csv(result: ComparisonResult) -> str:
    """One line a claim, one column an article. Cells that a spreadsheet would run as a formula are quoted with '."""
    told = io.StringIO()
    writer = csv.writer(told, lineterminator="\n")
    columns = [f"{article.outlet} ({k})" for k, article in enumerate(result.articles)]
    writer.writerow([inert(cell) for cell in ("claim", "relation", "kinds", "origins", *columns, "divergences")])
    sentences = {sentence.id: sentence for sentence in result.sentences}
    for row in result.rows:
        cells = [
            " / ".join(sentences[s].text for s in row.sentences if sentences[s].article == k)
            for k in range(len(result.articles))
        ]
        explained = " / ".join(
            d.explanation + (" (possible update)" if d.possible_update else "") for _, d in divergences_of(row, result)
        )
        told_row = (row.id, row.relation, " ".join(row.kinds), row.origins, *cells, explained)
        writer.writerow([inert(str(cell)) for cell in told_row])
    return told.getvalue()


def as_text(result: ComparisonResult) -> str:
    """For reading in a terminal: counts, divergences in words, agreements, what only one outlet says, quotations.

    What only one outlet says comes with the sentence of another that comes closest to it.
    """
    return "\n".join(_text_lines(result)) + "\n"


def as_html(result: ComparisonResult) -> str:
    """One page without scripts, styles from elsewhere, or anything unescaped."""
    sentences = {sentence.id: sentence for sentence in result.sentences}
    nearest = nearest_by_row(result)
    heads = "".join(f'<th scope="col">{escape(article.outlet)}</th>' for article in result.articles)
    body = "\n".join(_html_row(row, result, sentences, nearest[row.id]) for row in result.rows)
    notices = "".join(f"<p><strong>{escape(notice)}</strong></p>" for notice in result.notices)
    return (
        '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Comparison</title>'
        "<style>body{font:16px/1.5 Georgia,serif;margin:2rem}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid #999;padding:.5rem;text-align:left;vertical-align:top}small{color:#555}</style>"
        f"<h1>{escape(_counts(result))}</h1>{notices}\n"
        f'<table><thead><tr><th scope="col">Claim</th>{heads}</tr></thead><tbody>\n{body}\n</tbody></table></html>\n'
    )


FORMATS: dict[str, Callable[[ComparisonResult], str]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "html": as_html,
}

#: What stands between a quotation and the words that interrupt it.
_MARKS_AND_SPACE = " \n\t\"“”‘’'"


def divergences_of(row: ClaimRow, result: ComparisonResult) -> list[tuple[Alignment, Divergence]]:
    """The divergences between a row's sentences, each with its pair of sentences, the gravest first."""
    members = set(row.sentences)
    found = [(x, d) for x in result.alignments if x.a in members and x.b in members for d in x.divergences]
    return gravest_first(found)


def _article(number: int, article: SourceArticle, result: ComparisonResult) -> dict[str, Any]:
    return {
        "id": str(number),
        "outlet": article.outlet,
        "title": article.title,
        "url": article.url,
        "byline": article.byline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "text": article.text,
        "sentences": [
            {"id": s.id, "start": s.start, "end": s.end, "role": s.role, "status": result.statuses[s.id]}
            for s in result.sentences
            if s.article == number
        ],
    }


def _number(article_id: str, result: ComparisonResult) -> str:
    return next(str(k) for k, article in enumerate(result.articles) if article.id == article_id)


def _counts(result: ComparisonResult) -> str:
    counts = Counter(row.relation for row in result.rows)
    facts = len(group_by_fact((x, d) for x in result.alignments for d in x.divergences))
    diverge = f"{counts['diverge']} diverge" + (f" ({facts} difference{'' if facts == 1 else 's'})" if facts else "")
    told = f"{len(result.articles)} articles: {counts['agree']} claims agree, {diverge}"
    return f"{told}, {counts['unique']} are in one outlet only"


def _text_lines(result: ComparisonResult) -> Iterator[str]:
    sentences = {sentence.id: sentence for sentence in result.sentences}
    nearest = nearest_by_row(result)
    yield _counts(result)
    yield from result.notices
    for relation in ("diverge", "agree", "unique"):
        yield f"\n{HEADLINES[relation].upper()}"
        for row in (row for row in result.rows if row.relation == relation):
            yield ""
            yield from (f"  ! {told}" for told in _explained(row, result, sentences))
            yield from _members(row, result, sentences)
            yield from (f"    {told}" for told in _origins(row))
            if row.relation == "unique" and nearest[row.id]:
                k, closest = max(nearest[row.id].items(), key=lambda item: (item[1].probability, item[1].similarity))
                yield f"    closest, in {result.articles[k].outlet}, {_closeness(closest, result, sentences)}"
    yield "\nQUOTATIONS"
    for utterance in result.utterances:
        yield f"\n  {utterance.speaker or 'Nobody is named'}"
        for wording in utterance.wordings:
            article = result.articles[sentences[wording.sentence].article]
            is_first = wording is utterance.wordings[0]
            rendered = _first(utterance, sentences) if is_first else _rendered(wording, article)
            yield f"  {article.outlet} ({rendered}): {_quoted(wording, article.text)}"


def _members(row: ClaimRow, result: ComparisonResult, sentences: dict[str, Sentence]) -> Iterator[str]:
    """Each sentence of a row, and below it its words that state the claim, where the others say something else."""
    members = set(row.sentences)
    links = [x for x in result.alignments if x.a in members and x.b in members]
    for sentence in (sentences[s] for s in row.sentences):
        yield f"  {result.articles[sentence.article].outlet}: {sentence.text}"
        words = stating_words(sentence, links)
        if words != slice(0, len(sentence.text)):
            yield f"    in the words: {sentence.text[words]}"


def _first(utterance: Utterance, sentences: dict[str, Sentence]) -> str:
    """What the first wording is: that which the others are held against, not what was said in truth."""
    outlets = {sentences[wording.sentence].article for wording in utterance.wordings}
    return "fullest wording" if len(outlets) > 1 else "quoted"


def _quoted(wording: Wording, text: str) -> str:
    """A wording in one line: what was said in quotation marks, what interrupts it outside them."""
    found = () if wording.rendering == "paraphrased" else quotations.read(text)
    spans = quotations.clipped(found, wording.start, wording.end)
    if not spans:
        return " ".join(wording.text.split())
    pieces = []
    for piece, is_said in quotations.stretches(text, spans, wording.start, wording.end):
        words = " ".join(piece.split() if is_said else piece.strip(_MARKS_AND_SPACE).split())
        pieces.append(f"“{words}”" if is_said else words)
    return " ".join(filter(None, pieces))


def _rendered(wording: Wording, article: SourceArticle) -> str:
    """The rendering in a word; where the outlet's text looks damaged, that says no more than that the words differ."""
    credit = f": {wording.credited_to}" if wording.rendering == "credited elsewhere" else ""
    doubt = ", but this text looks damaged" if wording.rendering == "altered" and is_damaged(article.text) else ""
    return wording.rendering + doubt + credit


def _html_row(
    row: ClaimRow, result: ComparisonResult, sentences: dict[str, Sentence], nearest: Mapping[int, Nearest]
) -> str:
    told = {
        k: "<br>".join(escape(sentences[s].text) for s in row.sentences if sentences[s].article == k)
        for k in range(len(result.articles))
    } | {k: f"<small>closest, {escape(_closeness(found, result, sentences))}</small>" for k, found in nearest.items()}
    told_once = _explained(row, result, sentences)
    explained = "".join(f"<br>{escape(told)}" for told in [*told_once, *_origins(row)])
    cells = "".join(f"<td>{cell}</td>" for cell in told.values())
    return f'<tr><th scope="row">{HEADLINES[row.relation]}{explained}</th>{cells}</tr>'


def _explained(row: ClaimRow, result: ComparisonResult, sentences: dict[str, Sentence]) -> list[str]:
    """The divergences of a row in words, the gravest first; what several pairs of sentences show alike is told once."""
    told = (f"{d.explanation} [{d.kind}{_update(x, d, result, sentences)}]" for x, d in divergences_of(row, result))
    return list(dict.fromkeys(told))


def _origins(row: ClaimRow) -> list[str]:
    """How many sources a claim has, where outlets print the same copy and are fewer voices than names."""
    if row.origins >= len(row.outlets):
        return []
    return [f"{len(row.outlets)} outlets, {row.origins} origin{'' if row.origins == 1 else 's'}: shared copy"]


def _update(link: Alignment, divergence: Divergence, result: ComparisonResult, sentences: dict[str, Sentence]) -> str:
    """What stands behind a kind where the later report may only have the newer figure: both times of publication."""
    if not divergence.possible_update:
        return ""
    articles = [result.articles[sentences[s].article] for s in (link.a, link.b)]
    times = [f"{a.outlet} {a.published_at:%Y-%m-%d %H:%M}" for a in articles if a.published_at]
    return f", possible update: {', '.join(times)}"


def _closeness(nearest: Nearest, result: ComparisonResult, sentences: dict[str, Sentence]) -> str:
    """How likely the nearest sentence is to state the same claim, and its words."""
    likely = f"{percent(nearest.probability)} likely the same claim" if nearest.probability else "nothing like it"
    check = ", check this" if is_unsure(nearest, result.run.thresholds) else ""
    return f"{likely}{check}: {sentences[nearest.other].text}"


def inert(cell: str) -> str:
    """OWASP, "CSV Injection": a leading = + - @ tab or carriage return would start a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
