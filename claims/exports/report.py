"""A record in words: what all documents for reading say alike, whatever their format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from claims import __version__
from claims.models.review import ReviewSession
from claims.presentation.words import KINDS, counted, probability
from claims.review.figures import Line
from claims.review.record import Article, Item, Person, Record, Said, Side
from claims.review.trail import Told, told
from claims.review.words import kinds, say, say_gist

from .runs import run_facts, unlike, untimed

PARTIAL = (
    "The votes of this session are not revealed yet. This file holds what is judged, and what the person who made it "
    "has said so far: nobody else’s votes, notes or names."
)
SHARED = (
    "This copy was made through a link for people outside the newsroom. It holds neither notes nor the entries of the "
    "audit trail."
)
HIDDEN = "The votes are not revealed yet: until then nobody outside sees what was answered, nor by whom."
ABOUT_AGREEMENT = (
    "n: items that two people or more have judged. Alpha is Krippendorff’s: 1 is full agreement, 0 is what chance "
    "would give; it is left open where all answers are the same."
)
ABOUT_HEAD = (
    "Each entry of the audit trail carries the hash of the one before it. The session’s record is as it was when this "
    "file was made, as long as its trail still holds an entry with the last hash above."
)
Span = tuple[int, int]


@dataclass(frozen=True)
class Shown:
    """A sentence. ``spans``, in its characters, hold the words that differ; ``article`` is its number in the report."""

    outlet: str
    text: str
    spans: Sequence[Span]
    article: int
    where: str


@dataclass(frozen=True)
class Spoken:
    """A vote, a decision or a note. ``aside`` is what else there is to know of it: "changed later", "at once"."""

    who: str
    words: str
    when: str
    aside: str = ""
    text: str = ""
    is_current: bool = True


@dataclass(frozen=True)
class Entry:
    """One item. ``stands``: what holds of it now, in words; ``badge``: the machine's relation, for its colour."""

    number: int
    badge: str
    proposes: str
    likely: str
    sides: Sequence[Shown]
    differences: Sequence[tuple[str, str]]
    stands: str
    about: Sequence[str]
    votes: Sequence[Spoken]
    decisions: Sequence[Spoken]
    notes: Sequence[Spoken]


@dataclass(frozen=True)
class Text:
    """An article that was compared. ``link`` is its address, if that is one that a browser may follow."""

    number: int
    outlet: str
    title: str
    byline: str
    published: str
    link: str
    sha256: str
    version: str


class Report:
    """``made_at``: when the file is made."""

    def __init__(self, record: Record, made_at: datetime) -> None:
        self.record = record
        self.made = when(made_at)
        self.version = __version__
        self.notice = notice(record)
        self.about_agreement, self.about_head = ABOUT_AGREEMENT, ABOUT_HEAD

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """What stands above everything else, each with its label."""
        r = self.record
        found = [
            ("Story", r.story),
            ("Newsroom", r.newsroom),
            ("Question", r.question),
            ("State", self.state),
            ("Opened", f"{when(r.opened_at)}, by {r.opened_by.name}"),
            ("Due", day(r.due_on) if r.due_on else ""),
            ("Judged", f"{'blind' if r.is_blind else 'openly'}, by {r.judges} for each item"),
            ("Judges", ", ".join(self.judges) or ("shown after the reveal" if r.is_partial else "")),
            ("Items", self._chosen()),
            ("Revealed", when(r.revealed_at)),
            ("Sealed", when(r.sealed_at)),
            ("Reopened", f"{when(r.reopened_at)}: {r.reopened_because}" if r.reopened_at else ""),
        ]
        return [(label, value) for label, value in found if value]

    @property
    def state(self) -> str:
        return ReviewSession.State(self.record.state).label

    @property
    def judges(self) -> list[str]:
        return [person.name for person in self.record.people if person.is_judge]

    def _chosen(self) -> str:
        r = self.record
        told = ReviewSession.Rows(r.rows).label
        if r.sample_size:
            return f"{told}: {r.sample_size}, seed {r.seed}"
        chosen = [f"{name}: {listing(value)}" for name, value in r.choice.items() if value]
        return "; ".join([told, *chosen]) if r.rows == "filter" else told

    @cached_property
    def counts(self) -> str:
        """How many items there are, and what became of them."""
        live = [item for item in self.record.items if not item.retired_at]
        told = [counted(len(live), "item")]
        if not self.record.is_partial:
            told += [
                f"{sum(bool(item.current) for item in live)} judged",
                f"{sum(item.is_disputed for item in live)} disputed",
                f"{sum(item.decision is not None for item in live)} decided",
            ]
        gone = len(self.record.items) - len(live)
        return ", ".join(told) + (f"; {gone} more no longer judged" if gone else "")

    @cached_property
    def texts(self) -> list[Text]:
        return [
            Text(n, a.outlet, a.title, a.byline, when(a.published_at), link(a.url), a.text_sha256, _version(a))
            for n, a in enumerate(distinct_articles(self.record), start=1)
        ]

    @cached_property
    def runs(self) -> list[list[tuple[str, str]]]:
        """What each comparison was made with."""
        return [
            [(label, value) for label, value in run_facts(run) if value] for run in unlike(self.record.runs.values())
        ]

    @cached_property
    def run_numbers(self) -> dict[int, int]:
        """Of each comparison, by primary key: which of ``runs`` it was made with, from 1."""
        made_with = unlike(self.record.runs.values())
        return {pk: made_with.index(untimed(run)) + 1 for pk, run in self.record.runs.items()}

    @cached_property
    def agreement(self) -> list[tuple[str, Line]]:
        """Lines with what they are about; none before the reveal."""
        if self.record.is_partial:
            return []
        figures = self.record.figures
        return [
            *[(line.name, line) for line in figures.overall],
            *[(f"{line.name}, named on {line.named}", line) for line in figures.kinds],
            *[(line.name, line) for _, line in figures.pairs],
        ]

    @cached_property
    def items(self) -> list[Entry]:
        numbers = {a.text_sha256: n for n, a in reversed(list(enumerate(distinct_articles(self.record), start=1)))}
        return [entry(item, numbers, is_partial=self.record.is_partial) for item in self.record.items]

    @cached_property
    def trail(self) -> list[Told]:
        """The audit trail, the first entry first."""
        return told(self.record.trail, {person.number: person.name for person in self.record.people})

    @property
    def head(self) -> str:
        return self.record.chain_head


def notice(record: Record) -> str:
    """What a file does not hold, and why."""
    if record.is_shared:
        return f"{SHARED} {HIDDEN}" if record.is_partial else SHARED
    return PARTIAL if record.is_partial else ""


def entry(item: Item, numbers: dict[str, int], *, is_partial: bool) -> Entry:
    """``numbers``: of the articles in the report, by their texts' hashes."""
    return Entry(
        number=item.number,
        badge="added" if item.sort == "added" else item.relation,
        proposes=proposal(item),
        likely=probability(item.probability) if item.sort != "added" else "",
        sides=shown_sides(item, numbers),
        differences=[(KINDS[d["kind"]], d["explanation"]) for d in item.divergences],
        stands=standing(item, is_partial=is_partial),
        about=circumstances(item),
        votes=[_vote(said, item) for said in item.votes],
        decisions=[
            Spoken(
                said.by.name,
                say(said.ballot),
                when(said.at),
                "" if said.is_current else "replaced later",
                said.reason,
                said.is_current,
            )
            for said in item.decisions
        ],
        notes=[Spoken(note.by.name, "", when(note.at), text=note.text) for note in item.notes],
    )


def proposal(item: Item) -> str:
    """What the machine says: "one claim, diverges: number"."""
    if item.sort == "added":
        return "put together by a person; the comparison does not propose it"
    if item.b is None:
        return "only here"
    return f"one claim, diverges: {kinds(kinds_of(item))}" if item.relation == "diverge" else "one claim, agrees"


def kinds_of(item: Item) -> list[str]:
    return list(dict.fromkeys(d["kind"] for d in item.divergences))


def standing(item: Item, *, is_partial: bool) -> str:
    """What holds of an item: decided, said by all, disputed, or nothing yet."""
    if is_partial:
        return "votes are hidden until the reveal"
    if item.decision:
        return f"decided: {say(item.decision.ballot)}"
    if not item.current:
        return "not judged"
    if item.is_disputed:
        return "disputed, not decided"
    alike = ", alike" if len(item.current) > 1 else ""
    return f"{counted(len(item.current), 'judge')}{alike}: {say_gist(item.outcome)}"


def circumstances(item: Item) -> list[str]:
    """Where an item comes from and where it went, sentence by sentence."""
    found = []
    if item.sort == "added":
        found.append(f"Put together by {item.added_by.name if item.added_by else 'one of the judges'}.")
    if item.follows:
        found.append(f"It goes on from item {item.follows}.")
    if item.look_again:
        found.append(f"Needs another look: {item.look_again}")
    if item.retired_at:
        found.append(f"No longer judged since {when(item.retired_at)}. {item.retired_because}")
    return found


def shown_sides(item: Item, numbers: dict[str, int]) -> list[Shown]:
    chosen = item.decision or next((said for said in item.current if said.ballot.a or said.ballot.b), None)
    return [
        Shown(
            side.outlet,
            side.text,
            evidence(item, name, chosen),
            numbers.get(side.text_sha256, 0),
            f"characters {side.start}–{side.end}",
        )
        for name, side in sides_of(item)
    ]


def sides_of(item: Item) -> list[tuple[str, Side]]:
    return [("a", item.a)] + ([("b", item.b)] if item.b else [])


def evidence(item: Item, name: str, chosen: Said | None) -> list[Span]:
    """The words that differ: those that people chose, else those that the machine names."""
    span = getattr(chosen.ballot, name) if chosen else None
    return [span] if span else [(d[name]["start"], d[name]["end"]) for d in item.divergences]


def _vote(said: Said, item: Item) -> Spoken:
    asides = ["at once" if said.is_bulk else ""]
    if not said.is_current:
        asides.append("taken back" if said.is_undone else "changed later")
    found = said.ballot.found
    return Spoken(
        said.by.name,
        say(said.ballot),
        when(said.at),
        ", ".join(filter(None, asides)),
        f"“{found['text']}”" if found else words_chosen(said, item),
        said.is_current,
    )


def words_chosen(said: Said, item: Item) -> str:
    """The words that somebody chose as evidence: "“12” against “14”"."""
    if said.ballot.relation != "diverge":
        return ""
    chosen = [
        f"“{side.text[span[0] : span[1]]}”"
        for name, side in sides_of(item)
        if (span := getattr(said.ballot, name)) is not None
    ]
    return " against ".join(chosen)


def distinct_articles(record: Record) -> list[Article]:
    """Each text once, however many comparisons it was in."""
    return list({(article.outlet, article.text_sha256): article for article in record.articles}.values())


def _version(article: Article) -> str:
    return f"version {article.version}" if article.version else ""


def people_named(record: Record) -> list[Person]:
    """Who has to do with the session: judges, and whoever opened, decided, noted or added something."""
    acted = {entry.payload["by"] for entry in record.trail} | {record.opened_by.number}
    return [person for person in record.people if person.is_judge or person.number in acted]


def when(moment: datetime | None) -> str:
    """ "29 April 2026, 06:12 UTC"; nothing for no moment."""
    if moment is None:
        return ""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def day(date: object) -> str:
    return f"{date:%d %B %Y}".lstrip("0")


def listing(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def link(url: str) -> str:
    """The address if a browser may follow it; nothing that would run as a script."""
    return url if url.startswith(("https://", "http://")) else ""
