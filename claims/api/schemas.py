"""What the API takes and sends. Positions count Unicode code points; times are ISO 8601 with their offset."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from claims.comparison.status import model_threshold
from claims.models import ArticleVersion, Membership, Newsroom, Note, Outlet, ReviewItem, ReviewSession, Story
from claims.policies import Role

#: Answers to what cannot be done; the same shape for each.
PROBLEMS = frozenset((400, 401, 403, 404, 409, 413, 422, 429))


class Problem(Schema):
    errors: dict[str, list[str]] = Field(description="Sentences by field; under `__all__` what concerns no field.")


def answers(shape: Any, status: int = 200) -> dict[Any, Any]:
    """The ``response`` of a route: ``shape`` when all is well."""
    return {status: shape, PROBLEMS: Problem}


class Given(Schema):
    """A body. Fields that do not exist are refused, so that no slip of the pen goes unnoticed."""

    model_config = ConfigDict(extra="forbid")


class NewsroomOut(Schema):
    id: int
    name: str
    role: str = Field(description="Yours: viewer, reviewer, editor or admin.")

    @classmethod
    def of(cls, newsroom: Newsroom, role: str) -> NewsroomOut:
        return cls(id=newsroom.pk, name=newsroom.name, role=role)


class MemberOut(Schema):
    id: int = Field(description="By which a session's judges are named.")
    number: int = Field(description="By which the audit trail names them.")
    name: str
    role: str

    @classmethod
    def of(cls, member: Membership) -> MemberOut:
        return cls(id=member.pk, number=member.number, name=member.label, role=Role(member.role).label)


class StoryIn(Given):
    title: str = Field(max_length=10_000, description="Up to 200 characters.")
    newsroom: int | None = Field(None, description="Needed where you may add stories to several.")


class StoryOut(Schema):
    id: int
    newsroom: int
    title: str
    articles: int
    compared_at: datetime | None = Field(description="Of the latest comparison.")
    threshold: float | None = Field(
        description="From this probability on two sentences are one claim: an editor's choice, else the model's own. "
        "Null where none was chosen and nothing was compared."
    )
    model_threshold: float | None = Field(
        description="The model's own, in the latest comparison; null before there is one."
    )
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None
    page: str = Field(description="Its address for people.")

    @classmethod
    def of(cls, story: Story, page: str) -> StoryOut:
        found: Any = story  # with_counts and with_run
        own = model_threshold(found.run) if found.run else None
        return cls(
            id=story.pk,
            newsroom=story.newsroom_id,
            title=story.title,
            articles=found.article_count,
            compared_at=found.compared_at,
            threshold=own if story.threshold is None else story.threshold,
            model_threshold=own,
            created_at=story.created_at,
            updated_at=story.updated_at,
            archived_at=story.archived_at,
            page=page,
        )


class ArticleIn(Given):
    """Either a text with its outlet, or an address that is fetched."""

    text: str | None = Field(None, description="The article, a paragraph a line.")
    url: str | None = Field(None, max_length=2000, description="The web page to fetch.")
    outlet: str = Field("", max_length=Outlet.NAME_LENGTH, description="Needed with a text.")
    title: str = Field("", max_length=500, description="If empty, taken from what is read.")
    even_if_duplicate: bool = Field(False, description="Add it although the story has this article already.")
    as_new_version: bool = Field(
        False,
        description="If the story has an article of this address or nearly this text, make it what that says now.",
    )


class ArticleOut(Schema):
    id: int
    story: int
    outlet: str
    title: str
    byline: str
    url: str
    published_at: datetime | None
    language: str
    source: str = Field(description="paste, file, url or feed")
    length: int = Field(description="Of the text, in characters.")
    text_sha256: str
    notices: list[str] = Field(description="What reading it repaired, cut or doubted.")
    created_at: datetime
    page: str = Field(description="Its address for people.")


class ArticleWithText(ArticleOut):
    text: str


class VersionOut(Schema):
    number: int = Field(description="From 1; the highest is what the article says now.")
    created_at: datetime
    by: str | None = Field(description="Who brought it in.")
    came: str = Field(description="paste, file, url, feed, fetch (again), edit or restore")
    title: str
    byline: str
    published_at: datetime | None
    text: str
    text_sha256: str

    @classmethod
    def of(cls, version: ArticleVersion) -> VersionOut:
        names = ("number", "created_at", "came", "title", "byline", "published_at", "text", "text_sha256")
        by = str(version.by) if version.by else None
        return cls(by=by, **{name: getattr(version, name) for name in names})


class JobOut(Schema):
    id: int
    story: int
    state: Literal["queued", "running", "done", "failed"]
    says: str = Field(description="What it does at this moment.")
    percent: int
    error: str = Field(description="What failed and what to do.")
    comparison: int | None = Field(description="The result, once the state is done.")
    created_at: datetime
    finished_at: datetime | None


class ComparisonOut(Schema):
    id: int
    story: int
    created_at: datetime
    articles: int
    claims: dict[str, int] = Field(description="How many agree, diverge, or stand in one outlet only (unique).")
    alignments: int


class EvidenceOut(Schema):
    start: int = Field(description="In the article's text.")
    end: int
    text: str
    value: str = Field(description="What the words were read as.")


class DivergenceOut(Schema):
    kind: str
    probability: float
    rule: str
    explanation: str
    possible_update: bool
    a: EvidenceOut
    b: EvidenceOut


class AlignedSentence(Schema):
    id: str = Field(description="As in the comparison, such as 0.3.")
    outlet: str
    text: str
    part: str = Field(description="The words of it that state the claim; the whole text where all of it does.")


class AlignmentOut(Schema):
    a: AlignedSentence
    b: AlignedSentence
    similarity: float
    probability: float = Field(description="That both state the same claim.")
    relation: Literal["agree", "diverge"]
    relation_probability: float
    divergences: list[DivergenceOut]


class SessionOut(Schema):
    id: int
    story: int
    comparison: int
    title: str
    question: str
    due_on: date | None
    state: Literal["judging", "revealed", "sealed"]
    is_blind: bool
    hides_votes: bool = Field(description="Whether you see your own votes only: a blind pass before its reveal.")
    judges: int = Field(description="For each item: 1 or 2.")
    judging: bool = Field(description="Whether you are among the judges.")
    items: int
    created_at: datetime
    revealed_at: datetime | None
    sealed_at: datetime | None
    page: str = Field(description="Its address for people.")


class ExportOut(Schema):
    name: str
    label: str
    purpose: str
    url: str = Field(description="Where the file is; a token is needed there too.")


Button = Literal["agree", "diverge", "apart", "absent", "found", "unsure"]


class Words(Schema):
    start: int = Field(description="In the item's sentence.")
    end: int
    text: str


class FoundIn(Schema):
    article: int | None
    outlet: str
    start: int
    end: int
    text: str


class BallotOut(Schema):
    answer: Button
    kinds: list[str]
    a: Words | None = Field(description="The words that differ.")
    b: Words | None
    found: FoundIn | None
    says: str


class VerdictOut(BallotOut):
    item: int
    judge: str
    mine: bool
    at_once: bool = Field(description="Whether it was given together with others, by accepting proposals.")
    created_at: datetime


class DecisionOut(BallotOut):
    by: str
    reason: str
    created_at: datetime


class NoteOut(Schema):
    by: str
    text: str
    created_at: datetime


class SentenceOut(Schema):
    id: str = Field(description="In the session's comparison.")
    article: int | None
    outlet: str
    text: str


class ItemOut(Schema):
    number: int
    sort: str = Field(description="pair, added (by a person) or lone (only here)")
    relation: str = Field(description="What the machine proposes: agree, diverge or unique.")
    kinds: list[str]
    probability: float = Field(description="That the proposal is right; 0 where a person added the pair.")
    a: SentenceOut
    b: SentenceOut | None
    explanations: list[str]
    fingerprint: str = Field(description="Of what you judge; send it with a verdict.")
    look_again: str = Field(description="Why it needs another look.")
    retired: bool = Field(description="Whether it is no longer there to be judged.")
    verdicts: list[VerdictOut] = Field(description="In a blind pass, yours only.")
    decision: DecisionOut | None = Field(description="Of an editor, where votes differed; after the reveal.")
    notes: list[NoteOut] = Field(description="In a blind pass, yours only.")

    @staticmethod
    def sentence(item: ReviewItem, side: str) -> SentenceOut:
        id_, article, outlet, text = (
            getattr(item, f"{side}_{name}") for name in ("id", "article_id", "outlet", "text")
        )
        return SentenceOut(id=id_, article=article, outlet=outlet, text=text)


class BallotIn(Given):
    """What the buttons of the judging page say."""

    answer: Button = Field(
        description="For pairs agree, diverge, apart, unsure; for lone sentences absent, found, unsure."
    )
    fingerprint: str = Field(min_length=64, max_length=64, description="Of the item, as you read it.")
    kinds: list[str] = Field([], max_length=20, description="What differs, where the answer is diverge.")
    a_words: str = Field("", max_length=5000, description="The differing words, as they stand in the sentence.")
    b_words: str = Field("", max_length=5000)
    a_at: int | None = Field(None, ge=0, description="Where they begin, if they stand there more than once.")
    b_at: int | None = Field(None, ge=0)
    found: str = Field("", max_length=24, description="The id of the sentence, where the answer is found.")


class VerdictIn(BallotIn):
    """What the buttons of the judging page say. The same verdict sent twice, with one token, counts once."""

    token: uuid.UUID = Field(
        description="Any UUID that you make for this verdict. Send it again only with a repetition."
    )


class DecisionIn(BallotIn):
    """What holds, and why. Unsure is no decision."""

    reason: str = Field(description=f"Up to {Note.MAX_LENGTH:,} characters.")


class NoteIn(Given):
    """A remark beside the votes. The same note sent twice, with one token, is one."""

    text: str = Field(description=f"Up to {Note.MAX_LENGTH:,} characters.")
    token: uuid.UUID = Field(description="Any UUID that you make for this note.")


class PairIn(Given):
    """Two sentences of different articles that the comparison did not put together."""

    comparison: int = Field(ge=1, description="The session's, in which the sentences have these ids.")
    a: str = Field(max_length=24, description="Such as 0.3.")
    b: str = Field(max_length=24)


class SessionIn(Given):
    """What the page "Open a session" asks, with what it proposes where you say nothing."""

    title: str = Field(description=f"Up to {ReviewSession.TITLE_LENGTH} characters.")
    question: str = Field("", description=f"Up to {ReviewSession.QUESTION_LENGTH} characters.")
    due_on: date | None = None
    people: list[int] | None = Field(
        None, max_length=500, description="Ids of members who judge; if left out, everyone whose role allows it."
    )
    is_blind: bool = True
    judges: Literal[1, 2] | None = Field(None, description="For each item; if left out, two where there are two.")
    rows: Literal["all", "filter", "sample"] = "all"
    relation: str = Field("", description="With rows=filter: agree, diverge or unique.")
    kind: str = Field("", description="With rows=filter: such as number.")
    outlets: list[str] = Field([], max_length=500, description="With rows=filter; none: all.")
    words: str = Field("", description="With rows=filter.")
    sample_size: int | None = Field(None, description="With rows=sample.")
    seed: int | None = Field(None, description="With rows=sample; the same number draws the same items.")
    order: Literal["urgent", "reading"] = "urgent"


class ReopenIn(Given):
    because: str = Field(description=f"Up to {ReviewSession.QUESTION_LENGTH} characters; it stays on the page.")
    to_judge: bool = Field(False, description="Whether votes are taken again, and not only decisions.")


class TakeOutIn(Given):
    person: int = Field(ge=1, description="The id of a member who judges in the session.")


class TakenOut(Schema):
    """Whoever does not judge in a session any more. What they answered stays and counts."""

    person: int
    items: int = Field(description="How many items that waited for them wait for others now.")


class CatchUpIn(Given):
    comparison: int = Field(ge=1, description="A later one of the session's story.")


class CaughtUp(Schema):
    """What became of a session's items."""

    comparison: int
    stand: int = Field(description="How many stand as they were, votes and all.")
    again: list[int] = Field(description="Which need another look, by the numbers that they had.")
    gone: list[int] = Field(description="Which are no longer there.")
    new: int


class Undone(Schema):
    items: list[int] = Field(description="Whose answer was taken back: several, if they were given at once.")
