"""Who says so: the person, body or paper that a statement is credited to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from claims.pipeline.relations import quotations
from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.tokens import Token, is_word, overlap
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: The words that credit a statement to somebody.
SAYS = frozenset(
    """said says say saying told tells added adds wrote writes tweeted announced announces claimed claims claim claiming
    stated states noted notes insisted insists argued argues warned warns explained explains alleged alleges reported
    reports confirmed confirms testified revealed estimated estimates maintained acknowledged commented replied
    responded declared concluded""".split()
)
#: These have their subject before them: "the report claims", never "claims the report".
_ONLY_AFTER_SUBJECT = frozenset(
    "told tells reports claims claim states notes estimates saying claiming reported confirmed revealed".split()
)
_BETWEEN = frozenset("also has have had later earlier previously then again would will who".split())
_BREAKS = frozenset(', ; : . " “ ” ( ) [ ] — – ? ! …'.split())
_ABBREVIATIONS = frozenset("mr mrs ms dr gen sen rep gov lt sgt col capt st jr".split())
_CLAUSE_WORDS = frozenset(
    "that but and as while when which because after before if where since although though so why how".split()
)
_STOPS_AFTER = _CLAUSE_WORDS | frozenset("on in at to by during from about late early today yesterday who".split())
_ARTICLES = frozenset({"the", "a", "an"})
_PRONOUNS = frozenset("he she they it i we you who this".split())
_OPENERS = frozenset("the a an police officials prosecutors several some two three witnesses authorities".split())
_LONGEST = 10

#: What sort of source a word gives away, looked up from the left: "police sources" are police.
_SORTS = {
    "police": "police nypd lapd sheriff patrol detectives constabulary",
    "paper": "outlet outlets gazette herald newspaper times post tribune reuters ap bbc cnn politico telegraph guardian"
    " bloomberg journal newsday broadcaster media agency tv television",
    "document": "report study documents records lawsuit affidavit advisory complaint indictment filing",
    "unnamed": "familiar sources source insiders",
    "fire": "fire firefighters firefighter",
    "ambulance": "ambulance paramedics paramedic",
    "hospital": "hospital hospitals doctors doctor surgeons",
    "prosecutors": "prosecutors prosecutor",
    "court": "judge court",
    "lawyers": "lawyer lawyers solicitor solicitors barrister barristers",
    "coroner": "coroner pathologist",
    "scientists": "scientists scientist researchers researcher experts expert",
    "witnesses": "witnesses witness eyewitnesses eyewitness residents resident neighbors neighbor bystanders bystander"
    " villagers passengers survivors survivor locals",
    "family": "relatives relative family parents widow brother sister",
    "company": "company operator firm airline manufacturer owner owners",
    "military": "army navy military pentagon soldiers",
    "union": "union unions",
    "government": "ministry minister government council mayor governor senator senators",
    "opposition": "opposition campaigners activists protesters demonstrators rebels",
    "officials": "officials authorities officers emergency rescuers rescue",
}
#: What a source stays though a person is named: a police spokesman speaks for the police.
_KEEP_SORT = frozenset({"police", "paper", "document", "unnamed", "prosecutors"})
SORT = {word: sort for sort, words in _SORTS.items() for word in words.split()}
#: Sorts that may be one and the same source: officials are of any service, and a document is written by somebody.
_ALIKE = tuple(
    frozenset(pair)
    for sort, others in {
        "officials": "police unnamed fire ambulance hospital prosecutors court military government coroner scientists",
        "document": "police fire hospital prosecutors court company military government opposition union"
        " lawyers coroner scientists",
        "unnamed": "witnesses family company military government lawyers scientists",
        "lawyers": "family court prosecutors company union",
        "scientists": "government hospital company coroner",
        "witnesses": "family opposition",
        "government": "court military opposition",
    }.items()
    for pair in ((sort, other) for other in others.split())
)
#: Words by which an outlet keeps its distance from a statement without naming a source.
_DISTANCE = frozenset("reportedly allegedly apparently alleged accused suspected believed".split())
#: Surnames that differ by so few letters are one, spelt otherwise.
_ONE_NAME = 2
_FLAT_OVERLAP, _BOTH_OVERLAP = 0.25, 0.5
_MIN_WORDS = 7


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody to whom a sentence credits what it says, in article offsets.

    ``sort``: "police", "paper", "document", "unnamed", "officials", "person" (a full name), "pronoun" or "" (unknown).
    ``verb``: the place of the crediting word among the sentence's tokens. ``surname``: of a person.
    """

    start: int
    end: int
    text: str
    sort: str
    verb: int
    surname: str = ""


def read(
    text: str, tokens: Sequence[Token], people: Sequence[tuple[int, int, str]] = (), verbs: Set[str] = SAYS
) -> tuple[Source, ...]:
    """The sources that ``verbs`` credit among ``tokens`` of ``text``; ``people``: full names: start, end, surname."""
    words = (i for i, t in enumerate(tokens) if t.norm in verbs or t.norm == "according")
    found = (_at(text, tokens, i, people) for i in words if not names_lands(tokens, i))
    return tuple(source for source in found if source is not None)


def names_lands(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word is the "states" of "the United States" or "three southern states", which says nothing."""
    if tokens[i].norm != "states" or not i:
        return False
    before = tokens[i - 1]
    speaks = before.text[0].isupper() or before.norm in SORT or before.norm in _PRONOUNS
    return tokens[i].text[0].isupper() or not speaks


def _at(text: str, tokens: Sequence[Token], i: int, people: Sequence[tuple[int, int, str]]) -> Source | None:
    if tokens[i].norm == "according":
        follows = i + 1 < len(tokens) and tokens[i + 1].norm == "to"
        phrase = phrase_after(tokens, i + 2) if follows else (i, i)
    else:
        phrase = phrase_before(tokens, i)
        alleged = tokens[i].norm == "alleged" and phrase[0] == phrase[1] and i and tokens[i - 1].norm in _CLAUSE_WORDS
        if phrase[0] == phrase[1] and tokens[i].norm not in _ONLY_AFTER_SUBJECT and not alleged:
            phrase = _with_apposed(tokens, *phrase_after(tokens, i + 1), people)
    words = [t for at, t in enumerate(tokens[phrase[0] : phrase[1]], phrase[0]) if is_word(t) or opens_name(tokens, at)]
    is_source = any(w.norm not in _ARTICLES for w in words)  # "the alleged gunman"
    return _source(text, words, i, people) if is_source else None


def opens_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a figure belongs to the capitalised word behind it, as in the broadcaster "7News"."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    return bool(behind and tokens[at].text.isdigit() and behind.start == tokens[at].end and behind.text[0].isupper())


def sort_of(words: Sequence[Token]) -> str:
    """The sort of source that the words of a name give away, "" where none does."""
    if len(words) > 1 and words[0].text.isdigit() and words[1].norm == "news":
        return "paper"
    return next((SORT[w.norm] for w in words if w.norm in SORT), "")


def _breaks(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.text == "." and at and (len(tokens[at - 1].text) == 1 or tokens[at - 1].norm in _ABBREVIATIONS):
        return False
    return token.text in _BREAKS


def phrase_before(tokens: Sequence[Token], verb: int) -> tuple[int, int]:
    """The subject of a verb of saying; an apposition between commas is stepped over."""
    last = verb
    while last and (tokens[last - 1].norm in _BETWEEN or tokens[last - 1].norm.endswith("ly")):
        last -= 1
    if last and tokens[last - 1].text == ",":
        opening = next((i for i in range(last - 2, max(-1, last - 22), -1) if tokens[i].text == ","), None)
        if opening is None:
            return verb, verb
        last = opening
    first = last
    while (
        first
        and last - first < _LONGEST
        and tokens[first - 1].norm not in _CLAUSE_WORDS
        and not _breaks(tokens, first - 1)
    ):
        first -= 1
    noun = any(t.norm == "according" for t in tokens[first:last])  # "according to two reports"
    return (verb, verb) if noun else (first, last)


def phrase_after(tokens: Sequence[Token], first: int) -> tuple[int, int]:
    last = first
    while (
        last < len(tokens)
        and last - first < _LONGEST
        and tokens[last].norm not in _STOPS_AFTER
        and not _breaks(tokens, last)
    ):
        last += 1
    return first, last


def _with_apposed(
    tokens: Sequence[Token], first: int, last: int, people: Sequence[tuple[int, int, str]]
) -> tuple[int, int]:
    """The phrase with the name that a comma joins to it: "the coach, Ben Holm"."""
    opens = first < last < len(tokens) - 1 and tokens[last].text == "," and tokens[first].norm in _ARTICLES
    if not opens:
        return first, last
    name = next((name for name in people if name[0] == tokens[last + 1].start), None)
    past = next((i for i in range(last, len(tokens)) if name and tokens[i].start >= name[1]), len(tokens))
    return (first, past) if name else (first, last)


def _source(text: str, words: Sequence[Token], verb: int, people: Sequence[tuple[int, int, str]]) -> Source:
    start, end = words[0].start, words[-1].end
    surname = next((name for first, last, name in people if start <= first and last <= end), "")
    sort = sort_of(words)
    if len(words) == 1 and words[0].norm in _PRONOUNS:
        sort = "pronoun"
    elif surname and sort not in _KEEP_SORT:
        sort = "person"
    return Source(start, end, text[start:end], sort, verb, surname)


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one statement is credited to two sources, or credited by one outlet and stated flatly by the other."""
    found = [*_speakers(a, b), *_sources(a, b)]
    return found or [*_flat(a, b, False), *_flat(b, a, True)]


def _speakers(a: Facts, b: Facts) -> Iterator[Divergence]:
    """One utterance from the mouths of two people."""
    mine = {s.surname for s in a.sources if s.sort == "person"}
    theirs = {s.surname for s in b.sources if s.sort == "person"}
    if len(mine) != 1 or len(theirs) != 1 or not (a.quotations and b.quotations):
        return
    if Levenshtein.distance(*mine, *theirs) <= _ONE_NAME or _has_partner(a) or _has_partner(b):
        return
    if any(quotations.same_utterance(a, x, b, y) for x in a.quotations for y in b.quotations):
        x, y = (next(s for s in side.sources if s.sort == "person") for side in (a, b))
        explanation = f"{a.outlet} puts these words in the mouth of {x.text}; {b.outlet} credits {y.text}"
        yield divergence("attribution", "attribution.speaker", explanation, (x, x.text), (y, y.text))


def _sources(a: Facts, b: Facts) -> Iterator[Divergence]:
    """One statement on the word of two sorts of source, such as the fire brigade and the ambulance service."""
    if len(a.sources) != 1 or len(b.sources) != 1 or _has_partner(a) or _has_partner(b):
        return
    x, y = a.sources[0], b.sources[0]
    if are_apart(x.sort, y.sort) and overlap(_but(a, x), _but(b, y)) >= _BOTH_OVERLAP:
        explanation = f"{a.outlet} has it from {_named(x)}; {b.outlet} from {_named(y)}"
        yield divergence("attribution", "attribution.source", explanation, (x, x.text), (y, y.text))


def _has_partner(facts: Facts) -> bool:
    """Whether a source may be one of two, "Moe and Holm said", of whom only the second was read."""
    starts = {source.start for source in facts.sources}
    return any(t.start in starts and before.norm == "and" for before, t in pairwise(facts.tokens))


def are_apart(a: str, b: str) -> bool:
    """Whether sources of two sorts cannot be one and the same."""
    return a != b and {a, b} <= set(_SORTS) and {a, b} not in _ALIKE


def _but(facts: Facts, source: Source) -> list[Token]:
    """The words of a sentence but for those that name its source."""
    return [t for t in facts.tokens if t.end <= source.start or t.start >= source.end]


def _named(source: Source) -> str:
    """A source within a sentence for a reader: "the police" where "The police" opened a sentence."""
    word, _, rest = source.text.partition(" ")
    return f"{word.lower()} {rest}".strip() if word.lower() in _OPENERS else source.text


def _flat(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    """What ``a`` credits to the police or to a paper and ``b`` states in its own voice."""
    if len(a.sources) != 1 or b.sources or a.quotations or b.quotations or _is_headline(a) or _is_headline(b):
        return
    if any(c.manner not in ("found", "announced") for c in b.credits):
        return  # "it is reporting", or within a quotation that goes over several sentences
    source = a.sources[0]
    if any(t.norm in _DISTANCE for t in b.tokens) or any(SORT.get(t.norm) == source.sort for t in b.tokens[:3]):
        return  # "Police have thanked residents": the source is the one who acts
    according = a.tokens[source.verb].norm == "according"
    if (
        not (source.sort == "police" or (source.sort == "paper" and according))
        or overlap(a.tokens, b.tokens) < _FLAT_OVERLAP
    ):
        return
    own = Stretch(b.sentence.start, b.sentence.end, b.sentence.text)
    explanation = f"{a.outlet} credits this to {_named(source)}; {b.outlet} states it in its own voice"
    sides = [(source, source.text), (own, "no source named")]
    yield divergence("attribution", "attribution.flat", explanation, *(reversed(sides) if swapped else sides))


def _is_headline(facts: Facts) -> bool:
    words = sum(is_word(t) for t in facts.tokens)
    return words < _MIN_WORDS or facts.tokens[-1].text[0].isalnum()
