"""One claim: what each outlet says, word for word; how they differ; and why the tool says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.html import escape
from django.utils.safestring import SafeString

from claims.models.article import text_sha256
from claims.pipeline.diff import diff_words, similarity
from claims.pipeline.differences import gravest_first
from claims.pipeline.nearest import percent
from claims.pipeline.parts import stating_words
from claims.pipeline.types import COMPARED_ROLES, Alignment, ClaimRow, Divergence, Kind, Origin, Sentence, SourceArticle
from claims.review.confirmed import LONE, SAME, Share, Tally

from .absences import Absence, absences
from .changes import marked
from .columns import SHOWN_AT_FIRST, anchor
from .marks import Mark, row_marks
from .snapshot import Snapshot, article_pk, number_of
from .updates import published, update_note
from .words import KINDS, RELATIONS, counted, listed, probability

#: A panel that opens in the page stays small: beyond these, it leads to the claim's own page, which has them all.
MOST_DIFFERENCES = 8
MOST_LINKS = 12
MOST_WITH_CONTEXT = 6
MOST_WORDINGS = 12
MOST_ABSENCES = 6
CONTEXT = 180
#: Wordings that share less than this of their words are shown without a diff, which would be noise.
LEAST_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Side:
    """The words with which some outlets differ from the other side, and what they were read as."""

    text: str
    value: str
    outlets: list[str] = field(default_factory=list)

    @property
    def told_by(self) -> str:
        return listed(self.outlets)


@dataclass(frozen=True, slots=True)
class Difference:
    """A divergence; where several pairs of outlets diverge by the same two values, they are one. ``update``: a mark.

    ``confirmed``: how often reviewers found this kind where it was proposed as surely; None for too few times.
    """

    kind: Kind
    explanation: str
    rule: str
    probability: float
    sides: tuple[Side, Side]
    update: str = ""
    confirmed: Share | None = None

    @property
    def name(self) -> str:
        return KINDS[self.kind]

    @property
    def certainty(self) -> str:
        return probability(self.probability)


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence in its context, with what was changed in the base wording to get it, unless it is too unlike.

    ``place``: the end of the side-by-side page's address at which the sentence stands in its article.
    ``text``: the words that state the claim; ``unrelated``: those of the sentence before and after them.
    """

    outlet: str
    article: SourceArticle
    sentence: Sentence
    place: str
    before: str
    after: str
    unrelated: tuple[str, str]
    text: SafeString
    is_base: bool
    is_same: bool
    is_unlike: bool

    @property
    def is_partial(self) -> bool:
        """Whether words of the sentence say something else; marks alone say nothing."""
        return any(character.isalnum() for said in self.unrelated for character in said)

    @property
    def article_pk(self) -> int | None:
        return article_pk(self.article)

    @property
    def text_sha256(self) -> str:
        return text_sha256(self.article.text)


@dataclass(frozen=True, slots=True)
class Link:
    """``confirmed``: how often reviewers found one claim where it was as probable; None for too few times."""

    a: str
    b: str
    alignment: Alignment
    confirmed: Share | None = None

    @property
    def certainty(self) -> str:
        return probability(self.alignment.probability)

    @property
    def relation(self) -> str:
        return RELATIONS[self.alignment.relation].lower()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The sentence that comes nearest to the claim in an article that does not state it. ``place``: as a wording's.

    ``claim``: the number of the first claim that the sentence states; None for a heading that nobody else has.
    """

    absence: Absence
    text: str
    place: str
    claim: int | None


@dataclass(frozen=True)
class Panel:
    """``number`` of ``total`` claims; ``left_out`` counts what only the claim's own page has.

    ``is_doubtful``: it is said to be one outlet's alone, and a reader should check that; ``confirmed``: how often
    reviewers confirmed that where it was as probable.
    """

    number: int
    total: int
    row: ClaimRow
    marks: tuple[Mark, ...]
    says: str
    differences: Sequence[Difference]
    wordings: Sequence[Wording]
    links: Sequence[Link]
    elsewhere: Sequence[Elsewhere]
    is_doubtful: bool
    left_out: int
    confirmed: Share | None = None

    @property
    def confirmed_links(self) -> list[Share]:
        """Each share once: most links of a claim are about as probable."""
        return list(dict.fromkeys(link.confirmed for link in self.links if link.confirmed))

    @property
    def title(self) -> str:
        return RELATIONS[self.row.relation]

    @property
    def lone(self) -> Wording | None:
        """The only wording, if it is the only one and can still be set aside."""
        is_lone = self.row.relation == "unique" and self.wordings[0].article_pk is not None
        return self.wordings[0] if is_lone else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.total else None


#: For readers who see nothing of what a newsroom's reviewers found.
NO_TALLY = Tally()


def make_panel(
    snapshot: Snapshot, row: ClaimRow, *, base: int | None = None, is_short: bool = False, tally: Tally = NO_TALLY
) -> Panel:
    """``base``: the article whose wording the others are held against; by default the first that diverges.

    ``tally``: what reviewers confirmed.
    """
    found = [replace(d, confirmed=tally.near(d.kind, d.probability)) for d in differences(snapshot, row)]
    links = [_link(snapshot, link, tally) for link in snapshot.links_of[row.id]]
    wordings = _wordings(snapshot, row, base, with_context=not is_short or len(row.sentences) <= MOST_WITH_CONTEXT)
    elsewhere = _elsewhere(snapshot, row, is_short=is_short)
    count = len(found) + len(wordings) + len(links) + len(elsewhere)
    if is_short:
        found, wordings, links = found[:MOST_DIFFERENCES], wordings[:MOST_WORDINGS], links[:MOST_LINKS]
        elsewhere = elsewhere[:MOST_ABSENCES]
    return Panel(
        number=number_of(row),
        total=len(snapshot.result.rows),
        row=row,
        marks=row_marks(snapshot, row),
        says=_says(snapshot, row),
        differences=found,
        wordings=wordings,
        links=links,
        elsewhere=elsewhere,
        is_doubtful=row.id in snapshot.doubtful,
        left_out=count - len(found) - len(wordings) - len(links) - len(elsewhere),
        confirmed=tally.near(LONE, snapshot.alone(row)) if row.relation == "unique" else None,
    )


def _says(snapshot: Snapshot, row: ClaimRow) -> str:
    """What the row's state means, no more and no less."""
    if row.relation == "unique":
        return _says_alone(snapshot, row)
    who = counted(len({snapshot.sentences[id_].article for id_ in row.sentences}), "outlet")
    voices = f"{who}. "
    if row.origins < len(row.outlets):
        voices = f"{who}, {counted(row.origins, 'origin')}: {_shared_copy(snapshot, row)}. "
    if row.relation == "agree":
        return voices + "They state the same claim, and no rule found a difference. Whether it is true was not checked."
    return (
        voices + "They state the same claim and differ in what is marked here. Which of them is right was not checked."
    )


def _shared_copy(snapshot: Snapshot, row: ClaimRow) -> str:
    """Which of the row's outlets print one text: here, or, where that is nearly all they print, elsewhere."""
    articles, members, origins = snapshot.result.articles, snapshot.members(row), snapshot.result.origins
    here = [_printed(snapshot, origin, [s for s in members if s.id in origin.sentences]) for origin in origins]
    at_all = [_printed(snapshot, o, [s for s in members if articles[s.article].id in o.articles]) for o in origins]
    told = here if any(here) else at_all
    return "; ".join(filter(None, dict.fromkeys(told))) or "some print the same text"


def _printed(snapshot: Snapshot, origin: Origin, sentences: Iterable[Sentence]) -> str:
    """In words, the outlets of ``sentences`` as printers of ``origin``; empty for a single one."""
    outlets = [snapshot.outlets[article] for article in sorted({sentence.article for sentence in sentences})]
    text = f"copy of {origin.agency}" if origin.agency else "the same text"
    return f"{listed(outlets)} print {text}" if len(outlets) > 1 else ""


def _says_alone(snapshot: Snapshot, row: ClaimRow) -> str:
    """How wide the search was that found nobody else, and what comes close."""
    article = snapshot.sentences[row.sentences[0]].article
    doubts = [absence for absence in absences(snapshot, row) if absence.is_unsure]
    if doubts:
        who = listed([f"{doubt.outlet} ({doubt.likely})" for doubt in doubts])
        begin = f"Check this before you call it {snapshot.outlets[article]}’s alone: {who} may say it too. "
    else:
        begin = f"Only {snapshot.outlets[article]} says this, as far as the search reached. "
    return begin + _search(snapshot, article)


def _search(snapshot: Snapshot, article: int) -> str:
    others = [s for s in snapshot.result.sentences if s.article != article and s.role in COMPARED_ROLES]
    thresholds = snapshot.result.run.thresholds
    most_alike = thresholds.get("candidates")
    words = f", and against the {most_alike:.0f} most alike of each article by words and numbers" if most_alike else ""
    least = f"{percent(thresholds['alignment'])} likelihood" if "alignment" in thresholds else "likelihood"
    return (
        f"It was held against {counted(len(others), 'sentence')} of the other outlets by meaning{words}. "
        f"None reached the {least} from which on two sentences count as one claim; "
        "the same may still be said in very different words."
    )


def _elsewhere(snapshot: Snapshot, row: ClaimRow, *, is_short: bool) -> list[Elsewhere]:
    """The likeliest first."""
    base = snapshot.sentences[row.sentences[0]]
    told = sorted(absences(snapshot, row), key=lambda absence: -absence.probability)
    return [
        Elsewhere(
            absence,
            _start_of(absence.sentence.text) if is_short else absence.sentence.text,
            _place(snapshot, absence.sentence, base),
            next((number_of(stated) for stated in snapshot.rows_of.get(absence.sentence.id, ())), None),
        )
        for absence in told
    ]


def differences(snapshot: Snapshot, row: ClaimRow) -> list[Difference]:
    """The gravest first."""
    found: dict[tuple[str, frozenset[str]], list[tuple[Alignment, Divergence]]] = defaultdict(list)
    for link, d in gravest_first((x, d) for x in snapshot.links_of[row.id] for d in x.divergences):
        values = frozenset((_key(d.a.value, d.a.text), _key(d.b.value, d.b.text)))
        found[d.kind, values].append((link, d))
    return [_difference(snapshot, same) for same in found.values()]


def _key(value: str, text: str) -> str:
    return (value or text).casefold()


def _difference(snapshot: Snapshot, same: Sequence[tuple[Alignment, Divergence]]) -> Difference:
    """Told by the first of the divergences; its sides name all outlets that hold each value."""
    first, update = same[0][1], update_note(snapshot, same)
    sides = Side(first.a.text, first.a.value), Side(first.b.text, first.b.value)
    for link, divergence in same:
        for id_, evidence in ((link.a, divergence.a), (link.b, divergence.b)):
            value = _key(evidence.value, evidence.text)
            side = next((s for s in sides if _key(s.value, s.text) == value), sides[0])
            outlet = snapshot.outlets[snapshot.sentences[id_].article]
            when = published(snapshot, id_) if update else ""
            told = f"{outlet} ({when})" if when else outlet
            if told not in side.outlets:
                side.outlets.append(told)
    return Difference(first.kind, first.explanation, first.rule, max(d.probability for _, d in same), sides, update)


def _link(snapshot: Snapshot, link: Alignment, tally: Tally) -> Link:
    a, b = (snapshot.outlets[snapshot.sentences[id_].article] for id_ in (link.a, link.b))
    return Link(a, b, link, tally.near(SAME, link.probability))


def _wordings(snapshot: Snapshot, row: ClaimRow, base: int | None, *, with_context: bool) -> list[Wording]:
    """The base wording first."""
    members = snapshot.members(row)
    telling = {side for link in snapshot.links_of[row.id] if link.divergences for side in (link.a, link.b)}
    told_first = sorted(members, key=lambda s: s.id not in telling)  # what diverges is what the others are held against
    against = next((s for s in told_first if s.article == base), told_first[0])
    ordered = [against] + [s for s in members if s is not against]
    stating = {s.id: stating_words(s, snapshot.links_of[row.id]) for s in members}
    return [_wording(snapshot, sentence, against, stating, with_context) for sentence in ordered]


def _wording(
    snapshot: Snapshot, sentence: Sentence, base: Sentence, stating: Mapping[str, slice], with_context: bool
) -> Wording:
    around = snapshot.by_article[sentence.article]
    at = around.index(sentence)
    stated = stating[sentence.id]
    text = sentence.text[stated]
    changes = diff_words(base.text[stating[base.id]], text)
    is_base, is_unlike = sentence is base, similarity(changes) < LEAST_ALIKE
    return Wording(
        outlet=snapshot.outlets[sentence.article],
        article=snapshot.result.articles[sentence.article],
        sentence=sentence,
        place=_place(snapshot, sentence, base),
        before=_end_of(around[at - 1].text) if with_context and at else "",
        after=_start_of(around[at + 1].text) if with_context and at + 1 < len(around) else "",
        unrelated=(sentence.text[: stated.start], sentence.text[stated.stop :]),
        text=escape(text) if is_base or is_unlike else marked(changes),
        is_base=is_base,
        is_same=not is_base and all(change.operation == "equal" for change in changes),
        is_unlike=is_unlike,
    )


def _place(snapshot: Snapshot, sentence: Sentence, base: Sentence) -> str:
    """Beside the base wording's article, and as many others as are shown at first."""
    count = len(snapshot.outlets)
    shown = list(dict.fromkeys([base.article, sentence.article, *range(count)]))[:SHOWN_AT_FIRST]
    asked = "" if count <= SHOWN_AT_FIRST else "?" + urlencode({"outlets": shown}, doseq=True)
    return f"{asked}#{anchor(sentence)}"


def _start_of(text: str) -> str:
    return text if len(text) <= CONTEXT else text[:CONTEXT].rsplit(" ", 1)[0] + " …"


def _end_of(text: str) -> str:
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].split(" ", 1)[-1]
