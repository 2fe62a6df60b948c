"""The articles side by side: each sentence as a link to its claim, marked by what became of it.

The text is put together here and not in a template: a page may hold more than a thousand sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from claims.models.article import text_sha256
from claims.pipeline.types import Sentence, SourceArticle

from .marks import row_marks
from .snapshot import Snapshot, article_pk, number_of
from .words import STATUSES, counted

#: Of a row: the address of its claim, the marks that are seen and the words that are heard.
Link = tuple[str, str, str]
#: More columns than these are hardly read side by side; readers can choose others, or all.
SHOWN_AT_FIRST = 3
#: What remains when only the differences are to be seen.
CHANGES = frozenset({"diverge", "unique"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence set aside as boilerplate; the form with this id is what is posted to have it compared."""

    form_id: str
    sentence: Sentence
    article_pk: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Column:
    """``counts`` by status; ``article_pk`` is None if the article is gone, ``url`` empty if it is no web address."""

    position: int
    outlet: str
    article: SourceArticle
    url: str
    counts: Counter[str]
    body: SafeString
    article_pk: int | None


def make_columns(
    snapshot: Snapshot, story_pk: int, positions: Sequence[int], *, changes_only: bool = False
) -> list[Column]:
    links = _links(snapshot, story_pk)
    return [_column(snapshot, position, links, changes_only) for position in positions]


def find_asides(snapshot: Snapshot, positions: Sequence[int]) -> Iterator[Aside]:
    """Those of the shown articles that are still there."""
    for position in positions:
        article = snapshot.result.articles[position]
        pk = article_pk(article)
        for sentence in snapshot.by_article[position]:
            if pk is not None and sentence.role == "boilerplate":
                yield Aside(_form_id(sentence), sentence, pk, text_sha256(article.text))


def anchor(sentence: Sentence) -> str:
    """The id of a sentence's element."""
    return "s" + sentence.id.replace(".", "-")


def _form_id(sentence: Sentence) -> str:
    return "role-" + anchor(sentence)


def _links(snapshot: Snapshot, story_pk: int) -> dict[str, Link]:
    address = reverse("claim", args=[story_pk, 0]).rpartition("0")[0]
    found: dict[str, Link] = {}
    for row in snapshot.result.rows:
        marks = row_marks(snapshot, row)
        seen = "".join(f'&nbsp;<span class="mark" aria-hidden="true">{escape(mark.text)}</span>' for mark in marks[:2])
        heard = escape("; ".join(mark.says for mark in marks))
        found[row.id] = (f"{address}{number_of(row)}/", seen, heard)
    return found


def _column(snapshot: Snapshot, position: int, links: dict[str, Link], changes_only: bool) -> Column:
    article, sentences = snapshot.result.articles[position], snapshot.by_article[position]
    return Column(
        position=position,
        outlet=snapshot.outlets[position],
        article=article,
        url=article.url if article.url.startswith(("https://", "http://")) else "",
        counts=Counter(snapshot.status(s.id) for s in sentences),
        body=mark_safe("".join(_body(snapshot, article, links, sentences, changes_only))),  # noqa: S308 - escaped below
        article_pk=article_pk(article),
    )


def _body(
    snapshot: Snapshot,
    article: SourceArticle,
    links: dict[str, Link],
    sentences: Sequence[Sentence],
    changes_only: bool,
) -> Iterator[str]:
    """Paragraphs of sentences; in their place, where only changes are wanted, how many sentences were left out."""
    left_out = 0
    for paragraph in _paragraphs(article.text, sentences):
        kept = [s for s in paragraph if not changes_only or snapshot.status(s.id) in CHANGES]
        left_out += len(paragraph) - len(kept)
        if not kept:
            continue
        if left_out:
            yield _gap(left_out)
            left_out = 0
        yield f'<p class="{"heading" if kept[0].role == "heading" else "text"}">'
        yield " ".join(_sentence(snapshot, links, s, article_pk(article) is not None) for s in kept)
        yield "</p>"
    if left_out:
        yield _gap(left_out)


def _gap(count: int) -> str:
    return f'<p class="gap">{counted(count, "sentence")} without a difference</p>'


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    paragraph: list[Sentence] = []
    for sentence in sentences:
        if paragraph and "\n" in text[paragraph[-1].end : sentence.start]:
            yield paragraph
            paragraph = []
        paragraph.append(sentence)
    if paragraph:
        yield paragraph


def _sentence(snapshot: Snapshot, links: dict[str, Link], sentence: Sentence, is_editable: bool) -> str:
    id_, text = anchor(sentence), escape(sentence.text)
    if sentence.role == "boilerplate":
        says = '<span class="visually-hidden"> (not compared)</span>'
        aside = f'<span id="{id_}" class="s s-boilerplate">{text}{says}</span>'
        button = f'<button class="button button-small" form="{_form_id(sentence)}">Compare this</button>'
        return f"{aside} {button}" if is_editable else aside
    rows = snapshot.rows_of.get(sentence.id)
    if not rows:
        return f'<span id="{id_}" class="s">{text}</span>'
    status = snapshot.status(sentence.id)
    address, seen, heard = links[rows[0].id]
    if status != "diverge":  # the row's difference is between other sentences
        seen = heard = ""
    numbers = " ".join(row.id[1:] for row in rows)
    says = f"{STATUSES[status]}: {heard}" if heard else STATUSES[status]
    return (
        f'<a id="{id_}" class="s s-{status}" href="{address}" data-claims="{numbers}"><u>{text}</u>{seen}'
        f'<span class="visually-hidden"> ({says})</span></a>'
    )
