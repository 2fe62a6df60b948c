"""Which claims and items hang on words that an outlet changed after they were compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.models import Article, ArticleVersion, ComparedArticle, Comparison, ReviewItem, ReviewSession
from claims.models.article import text_sha256
from claims.models.article_version import read_by
from claims.pipeline.text_diff import diff_texts, standing
from claims.pipeline.types import ClaimRow, Sentence
from claims.presentation.snapshot import Snapshot, article_pk, load_snapshot, number_of
from claims.presentation.words import RELATIONS


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A claim, with the article's sentences in it that are not the same words before and after.

    ``is_gone``: these words are not in the article any more.
    """

    row: ClaimRow
    sentences: Sequence[Sentence]
    is_gone: bool

    @property
    def number(self) -> int:
        return number_of(self.row)

    @property
    def relation(self) -> str:
        return RELATIONS[self.row.relation]


@dataclass(frozen=True)
class TouchedSession:
    """``items``: numbers of those about changed sentences. ``sought``: how many were sought in the changed text."""

    session: ReviewSession
    items: Sequence[int]
    sought: int


@dataclass(frozen=True)
class Touched:
    """``version``: the one that was compared. ``is_old``: the article says something else by now.

    ``sought``: how many of the other outlets' lone claims were sought in this article.
    """

    comparison: Comparison
    version: ArticleVersion | None
    is_old: bool
    rows: Sequence[TouchedRow]
    sought: int
    sessions: Sequence[TouchedSession]


def touched(article: Article, since: ArticleVersion, comparison: Comparison) -> Touched | None:
    """What the change from ``since`` to what ``article`` says now touches; None if the article was not compared."""
    snapshot = load_snapshot(comparison)
    n = _position(snapshot, article)
    if n is None:
        return None
    sha = text_sha256(snapshot.result.articles[n].text)
    gone = _not_in(snapshot, n, article.text)
    other = gone | _not_in(snapshot, n, since.text)
    return Touched(
        comparison=comparison,
        version=read_by(article.versions.defer("text"), comparison, sha),
        is_old=sha != article.text_sha256,
        rows=_rows(snapshot, gone, other),
        sought=len(_sought(snapshot, n)) if sha != article.text_sha256 else 0,
        sessions=[found for session in _open_sessions(article) if (found := _in_session(session, article))],
    )


def changed_articles(earlier: Comparison, later: Comparison) -> dict[int, str]:
    """The articles whose text is another in the later comparison: their outlets, by primary key."""
    rows = ComparedArticle.objects.filter(comparison__in=(earlier, later)).exclude(article=None)
    found: dict[int, dict[int, tuple[str, str]]] = {}
    for comparison, article, outlet, sha in rows.values_list("comparison", "article", "outlet", "text_sha256"):
        found.setdefault(article or 0, {})[comparison] = (outlet, sha)
    both = {pk: said for pk, said in found.items() if len(said) == 2}
    return {pk: said[later.pk][0] for pk, said in both.items() if said[earlier.pk][1] != said[later.pk][1]}


def changed_for(item: ReviewItem, changed: Mapping[int, str]) -> list[tuple[int, str]]:
    """Of the changed articles, those that the item is about; if none, those in which its sentence was sought."""
    own = {item.a_article_id, item.b_article_id}
    found = [(pk, outlet) for pk, outlet in changed.items() if pk in own]
    return found or ([*changed.items()] if item.is_lone else [])


def _position(snapshot: Snapshot, article: Article) -> int | None:
    pks = [article_pk(compared) for compared in snapshot.result.articles]
    return pks.index(article.pk) if article.pk in pks else None


def _not_in(snapshot: Snapshot, n: int, text: str) -> set[str]:
    """The ids of the compared article's sentences that ``text`` does not have word for word."""
    compared, sentences = snapshot.result.articles[n].text, snapshot.by_article[n]
    if compared == text:
        return set()
    stand = standing([(s.start, s.end) for s in sentences], diff_texts(compared, text))
    return {sentence.id for sentence, stands in zip(sentences, stand, strict=True) if not stands}


def _rows(snapshot: Snapshot, gone: set[str], other: set[str]) -> list[TouchedRow]:
    found = ((row, [snapshot.sentences[id_] for id_ in row.sentences if id_ in other]) for row in snapshot.result.rows)
    return [TouchedRow(row, members, any(s.id in gone for s in members)) for row, members in found if members]


def _sought(snapshot: Snapshot, n: int) -> list[ClaimRow]:
    """Claims that one other outlet makes alone: they were sought in this article too."""
    rows = snapshot.result.rows
    return [row for row in rows if row.relation == "unique" and snapshot.sentences[row.sentences[0]].article != n]


def _open_sessions(article: Article) -> list[ReviewSession]:
    sessions = ReviewSession.objects.filter(story=article.story_id).exclude(state=ReviewSession.State.SEALED)
    return list(sessions.select_related("comparison"))


def _in_session(session: ReviewSession, article: Article) -> TouchedSession | None:
    """By the comparison that the session is about, which may be an earlier one."""
    snapshot = load_snapshot(session.comparison)
    n = _position(snapshot, article)
    if n is None or snapshot.result.articles[n].text == article.text:
        return None
    gone = _not_in(snapshot, n, article.text)
    live = list(session.items.live().values_list("number", "sort", "a_id", "b_id"))
    items = [number for number, _, a, b in live if a in gone or b in gone]
    sought = [number for number, sort, a, _ in live if sort == "lone" and not a.startswith(f"{n}.")]
    return TouchedSession(session, items, len(sought)) if items or sought else None
