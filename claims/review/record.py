"""A whole session as plain values: what exports, statistics and the interface for programs read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from claims.models import (
    Adjudication,
    ArticleVersion,
    ComparedArticle,
    Membership,
    Note,
    ReviewItem,
    ReviewSession,
    Verdict,
)
from claims.models.article_version import read_by
from claims.models.review import Refused

from .ballot import Ballot
from .chain import Link
from .figures import Figures, Vote, make_figures
from .naming import Naming, by_name
from .trail import VOTES

#: No member's number.
NOBODY = 0
NOT_YET = "The votes of this session are hidden until they are revealed, so there is no record of it yet."


@dataclass(frozen=True, slots=True)
class Person:
    """``number``: the member's in the newsroom, by which the audit trail names them."""

    number: int
    name: str
    is_judge: bool


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was compared. ``comparison``: of which comparison, by its primary key.

    ``version``: which of the article's versions that is; None where the article is gone.
    """

    comparison: int
    outlet: str
    title: str
    url: str
    byline: str
    published_at: datetime | None
    text_sha256: str
    text: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """``start..end`` count characters of the article's text whose hash is ``text_sha256``."""

    article: int | None
    outlet: str
    text_sha256: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """A vote or a decision. ``reason`` is a decision's; ``is_current``: not changed, taken back or replaced since."""

    by: Person
    at: datetime
    ballot: Ballot
    version: int
    is_current: bool
    is_bulk: bool = False
    is_undone: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    by: Person
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """``divergences``: the machine's, as ``claims.review.proposals`` makes them; their positions count in the sentence.

    ``outcome`` is the gist of what holds: the decision, else what all votes say alike, else nothing.
    """

    number: int
    sort: str
    relation: str
    probability: float
    divergences: Sequence[Mapping[str, Any]]
    details: Mapping[str, Any]
    fingerprint: str
    comparison: int
    a: Side
    b: Side | None
    added_by: Person | None
    follows: int | None
    look_again: str
    retired_at: datetime | None
    retired_because: str
    votes: Sequence[Said]
    decisions: Sequence[Said]
    notes: Sequence[Remark]

    @property
    def current(self) -> list[Said]:
        return [vote for vote in self.votes if vote.is_current]

    @property
    def decision(self) -> Said | None:
        return next((said for said in self.decisions if said.is_current), None)

    @property
    def is_disputed(self) -> bool:
        """Whether votes differ, or somebody is unsure."""
        gists = {vote.ballot.gist for vote in self.current}
        return len(gists) > 1 or "unsure" in gists

    @property
    def outcome(self) -> str:
        if self.decision:
            return self.decision.ballot.gist
        return self.current[0].ballot.gist if self.current and not self.is_disputed else ""


@dataclass(frozen=True)
class Record:
    """``runs``: the run (``claims.pipeline.types.Run``) of each comparison that proposed something, by primary key.

    ``is_partial``: the votes are not revealed yet, so this holds only what one person may see of it. ``is_shared``: it
    is for people outside the newsroom, without notes and without the entries of the trail.
    """

    pk: int
    story: str
    newsroom: str
    title: str
    question: str
    due_on: date | None
    state: str
    is_blind: bool
    judges: int
    rows: str
    choice: Mapping[str, Any]
    sample_size: int | None
    seed: int
    opened_by: Person
    opened_at: datetime
    revealed_at: datetime | None
    sealed_at: datetime | None
    reopened_at: datetime | None
    reopened_because: str
    people: Sequence[Person]
    runs: Mapping[int, Mapping[str, Any]]
    articles: Sequence[Article]
    items: Sequence[Item]
    figures: Figures
    trail: Sequence[Link]
    chain_head: str
    is_partial: bool = False
    is_shared: bool = False


def load_record(session: ReviewSession) -> Record:
    """Everything about a session, in ten queries however much it is. Raises Refused before a blind pass's reveal."""
    if session.hides_votes:
        raise Refused(NOT_YET)
    return _load(session)


def load_record_for(session: ReviewSession, asker: int) -> Record:
    """As much of ``load_record`` as the newsroom's member with this primary key may see now."""
    record = _load(session)
    return _seen_by(record, Membership.objects.get(pk=asker).number) if session.hides_votes else record


def load_shared_record(session: ReviewSession, naming: Naming) -> Record:
    """What people outside the newsroom may read of it: people as ``naming`` calls them, no notes, no trail."""
    record = _load(session, naming)
    record = _seen_by(record, NOBODY) if session.hides_votes else record
    return replace(record, items=[replace(item, notes=[]) for item in record.items], trail=[], is_shared=True)


def _seen_by(record: Record, number: int) -> Record:
    """Without others' votes and notes, without who they are, and without what would tell it."""

    def own(said: Sequence[Any]) -> list[Any]:
        return [one for one in said if one.by.number == number]

    items = [
        replace(
            item,
            votes=own(item.votes),
            notes=own(item.notes),
            added_by=item.added_by if item.added_by and item.added_by.number == number else None,
        )
        for item in record.items
    ]
    return replace(
        record,
        people=[replace(p, is_judge=p.is_judge and p.number == number) for p in record.people],
        items=items,
        figures=make_figures([], {}),
        trail=[e for e in record.trail if e.payload["action"] not in VOTES or e.payload["by"] == number],
        is_partial=True,
    )


def _load(session: ReviewSession, naming: Naming = by_name) -> Record:
    session = ReviewSession.objects.select_related("story__newsroom").get(pk=session.pk)
    people = _people(session, naming)
    items = _items(session, people)
    names = {p.pk: people[p.membership_id].name for p in session.participants.all()}
    votes = Verdict.objects.filter(item__session=session, item__retired_at=None, is_current=True)
    return Record(
        pk=session.pk,
        story=session.story.title,
        newsroom=session.story.newsroom.name,
        title=session.title,
        question=session.question,
        due_on=session.due_on,
        state=session.state,
        is_blind=session.is_blind,
        judges=session.judges,
        rows=session.rows,
        choice=session.choice,
        sample_size=session.sample_size,
        seed=session.seed,
        opened_by=people[session.created_by_id],
        opened_at=session.created_at,
        revealed_at=session.revealed_at,
        sealed_at=session.sealed_at,
        reopened_at=session.reopened_at,
        reopened_because=session.reopened_because,
        people=list(people.values()),
        runs={item.comparison: run for item, run in items},
        articles=_articles(session, {item.comparison for item, _ in items} | {session.comparison_id}),
        items=[item for item, _ in items],
        figures=make_figures(
            [Vote(*row) for row in votes.order_by("item").values_list("item", "participant", "item__sort", "gist")],
            names,
        ),
        trail=session.audit_entries.all().links(),
        chain_head=session.chain_head,
    )


def _people(session: ReviewSession, naming: Naming) -> dict[int, Person]:
    """Everyone who was ever in the newsroom, by the membership's primary key."""
    judges = set(session.participants.on_record().values_list("membership", flat=True))
    members = Membership.objects.filter(newsroom=session.story.newsroom_id).select_related("person").order_by("number")
    return {member.pk: Person(member.number, naming(member), member.pk in judges) for member in members}


def _articles(session: ReviewSession, comparisons: set[int]) -> list[Article]:
    fields = ("outlet", "title", "url", "byline", "published_at", "text_sha256", "text")
    found = ComparedArticle.objects.filter(comparison__in=comparisons).order_by("comparison_id", "position")
    versions: dict[int, list[ArticleVersion]] = defaultdict(list)
    for version in ArticleVersion.objects.filter(article__story=session.story_id).defer("text").order_by("number"):
        versions[version.article_id].append(version)
    articles = []
    for row in found.select_related("comparison"):
        read = read_by(versions[row.article_id or 0], row.comparison, row.text_sha256)
        said = {name: getattr(row, name) for name in fields}
        articles.append(Article(comparison=row.comparison_id, version=read.number if read else None, **said))
    return articles


def _items(session: ReviewSession, people: Mapping[int, Person]) -> list[tuple[Item, Mapping[str, Any]]]:
    """Each item with the run that proposed it."""
    votes, decisions, notes = _votes(session, people), _decisions(session, people), _notes(session, people)
    rows = session.items.select_related("proposed_in", "follows").order_by("number")
    return [(_item(row, people, votes[row.pk], decisions[row.pk], notes[row.pk]), row.proposed_in.run) for row in rows]


def _item(
    row: ReviewItem,
    people: Mapping[int, Person],
    votes: Sequence[Said],
    decisions: Sequence[Said],
    notes: Sequence[Remark],
) -> Item:
    return Item(
        number=row.number,
        sort=row.sort,
        relation=row.relation,
        probability=row.probability,
        divergences=row.divergences,
        details=row.details,
        fingerprint=row.fingerprint,
        comparison=row.proposed_in_id,
        a=Side(row.a_article_id, row.a_outlet, row.a_sha256, row.a_start, row.a_end, row.a_text),
        b=None
        if row.is_lone
        else Side(row.b_article_id, row.b_outlet, row.b_sha256, row.b_start, row.b_end, row.b_text),
        added_by=people[row.added_by_id] if row.added_by_id else None,
        follows=row.follows.number if row.follows else None,
        look_again=row.look_again,
        retired_at=row.retired_at,
        retired_because=row.retired_because,
        votes=votes,
        decisions=decisions,
        notes=notes,
    )


def _votes(session: ReviewSession, people: Mapping[int, Person]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for vote in Verdict.objects.filter(item__session=session).select_related("participant").order_by("pk"):
        said = Said(
            people[vote.participant.membership_id],
            vote.created_at,
            vote.ballot,
            vote.version,
            vote.is_current,
            is_bulk=vote.bulk is not None,
            is_undone=vote.undone_at is not None,
        )
        found[vote.item_id].append(said)
    return found


def _decisions(session: ReviewSession, people: Mapping[int, Person]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for made in Adjudication.objects.filter(item__session=session).order_by("pk"):
        version = len(found[made.item_id]) + 1
        found[made.item_id].append(
            Said(people[made.by_id], made.created_at, made.ballot, version, made.is_current, reason=made.reason)
        )
    return found


def _notes(session: ReviewSession, people: Mapping[int, Person]) -> dict[int, list[Remark]]:
    found: dict[int, list[Remark]] = defaultdict(list)
    for note in Note.objects.filter(item__session=session).order_by("pk"):
        found[note.item_id].append(Remark(people[note.by_id], note.created_at, note.text))
    return found
