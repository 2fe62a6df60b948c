"""Who vouches for which words of a sentence: the words that credit somebody, whom they credit, and what they cover.

Wider than ``attribution.read``, which names sources for rules that must be right when they speak: here "the study
found", "reportedly", "is accused of" and a quotation whose speaker stands in the next sentence count too, since a
fitted model weighs them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from claims.pipeline.relations.attribution import (
    SORT,
    names_lands,
    opens_name,
    phrase_after,
    phrase_before,
    sort_of,
)
from claims.pipeline.relations.quotations import Quotation
from claims.pipeline.relations.tokens import Token, is_content, is_word, stem

#: How a statement is handed to somebody: told or claimed by him, announced as his own act, found, quoted, or hearsay.
Manner = Literal["told", "claimed", "announced", "found", "according", "quoted", "hearsay"]
Person = tuple[int, int, str]

_MANNERS: dict[Manner, str] = {
    "told": """said says say saying told tells tell adds added wrote writes tweeted stated states noted notes explained
    explains reported reports reporting confirmed confirms revealed reveals testified estimated estimates maintained
    acknowledged acknowledges commented replied responded declared declares concluded concludes emphasized emphasizes
    stressed stresses lamented lamenting echoed recalled learned heard described describes quoted quotes citing cites
    cited pointed remarked reiterated clarified admitted observed calls called categorizes mentions""",
    "claimed": """claimed claims claim claiming alleged alleges alleging argued argues arguing insisted insists
    insisting contended contends suggested suggests suggesting accused accuses accusing warned warns warning believes
    believe believed thinks think thought feared fears suspect suspects predicted predicts speculated blamed blames
    vowed""",
    "announced": "announced announces announcing promised promises pledged ordered ruled denied denies",
    "found": "showed shows show found finds find indicated indicates indicate",
}
_MANNER: dict[str, Manner] = {word: manner for manner, words in _MANNERS.items() for word in words.split()}
#: Verbs that credit nobody unless somebody stands right before them: "calls grew", "the claims", "found in a field".
_ONLY_AFTER_SUBJECT = frozenset(
    """told tells tell reporting claims claim states notes estimates estimated warning fears calls called found finds
    find shows show showed put cited pointed ruled heard described learned promises ordered blames suspects suspect
    thought believed quotes describes citing mentions""".split()
)
#: These credit somebody only where a statement follows: "found that", never "found a wallet".
_WANTS_CLAUSE = frozenset(
    "found finds find showed shows show heard learned indicated think thinks thought believe ruled".split()
)
#: "Responded to the alarm", "replied with a kick".
_REACTS = frozenset({"responded", "replied"})
_CLAUSE_OPENERS = frozenset(
    "that the a an he she it they there we his her its their no some more most this these those if whether".split()
)
_AFTER_TRAILING = frozenset(
    """. , ; : ” " in on at to during late early today yesterday monday tuesday wednesday thursday friday saturday
    sunday afterwards later by from via through after before when as ) — – - of""".split()
)
_AFTER_TELLING = _AFTER_TRAILING - {"to"}  # "told residents to leave"
_TELLS = frozenset("told tells tell".split())
_ADDRESSED = frozenset("him her them us me you".split())
#: "The state agency Sky": so many words stand before an addressee's name.
_ADDRESS_WORDS = 2
#: Papers do so without a clause too: "records that show payments".
_SHOWS = frozenset("showed shows show indicated indicates indicate".split())
_NO_STATEMENT = _AFTER_TRAILING | frozenset("up off signs interest".split())
#: "Called it unfair", "called the ban a mistake", looked for among so many words.
_CALLS = frozenset("called calls".split())
_THINGS = frozenset("it this that these those".split())
_JUDGEMENT = frozenset('a an one " “'.split())
_LONGEST_OBJECT = 10
_LONGEST_PARTNER = 4
_HEARSAY = frozenset("reportedly allegedly purportedly supposedly apparently alleged rumored reputedly".split())
#: Before the name or the noun of whom or what they doubt, two words at most.
_HEARSAY_OF_SOMEBODY = frozenset({"alleged", "rumored"})
_NAMING = 3
_PASSIVE = frozenset("accused suspected believed said thought reported alleged rumored estimated".split())
_TIMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tonight morning afternoon evening night
    week month year last earlier later late early january february march april june july august september october
    november december""".split()
)
_BEFORE_TIMES = frozenset("this next on in since".split())
#: A subject with one of these is a clause, or no source at all.
_NO_SUBJECT = frozenset(
    """is are was were be been went took plan plans planned asked asking made came got put kept going getting making who
    whom which what said says told met than if whether not then has have had will would sent issued voted stayed signed
    started supports manages uses including reacting referring criticized""".split()
)
_BE = frozenset("is are was were be been being".split())
_SHORT_BE = ("'s", "’s", "'re", "’re", "'m", "’m")
_AUXILIARIES = _BE | frozenset("would will had has have could can may might should did does do".split())
_MARKS = frozenset(', ” " “ ; — –'.split())
_APOSTROPHES = frozenset({"'", "’"})
_NOT_BEFORE = frozenset(
    "to the a an of by on about amid despite our my your his her its their these those final".split()
)
_ARTICLES = frozenset("the a an one two".split())
_SPOKESMEN = frozenset("spokesman spokeswoman spokesperson director chief president analyst professor".split())
#: Sorts of which a story has mostly one.
_ONE_SERVICE = frozenset("police fire ambulance prosecutors coroner".split())
_RELATIVE = frozenset("that which who".split())
_PRONOUNS = frozenset("he she they it i we you who this that which".split())
_NO_IDENTITY = frozenset("spokesman spokeswoman spokesperson statement news former officials official".split())
#: A quotation of several sentences is followed so far around one, in characters.
_LONGEST_BEFORE, _LONGEST_AFTER = 700, 500
#: So many tokens around a sentence are looked through for who speaks in it.
_BEFORE, _AFTER = 90, 40
_MOSTLY = 0.5
#: "Said the old harbour master of the town": a longer subject without a capital is what was said.
_LONG = 6


@dataclass(frozen=True, slots=True)
class Credit:
    """The crediting words ("police said"), in article offsets, and the places ``first`` to ``last`` that they cover.

    ``source``: whom they name, empty for hearsay. ``sort``: as in ``attribution.Source``. ``who``: stems by which the
    source is known again, read from the sentences around where this one has but a pronoun or a bare quotation.
    ``trails``: the credit follows what it covers.
    """

    start: int
    end: int
    text: str
    manner: Manner
    source: str
    sort: str
    who: frozenset[str]
    first: int
    last: int
    trails: bool = False


def read(
    text: str,
    around: Sequence[Token],
    tokens: Sequence[Token],
    people: Sequence[Person],
    quoted: Sequence[Quotation],
) -> tuple[Credit, ...]:
    """The credits among ``tokens``, a sentence of ``text`` whose tokens are ``around``, in order.

    ``people``: the full names in ``text`` with start, end and surname, in order; ``quoted``: the sentence's
    quotations.
    """
    if not tokens:
        return ()
    found = list(_credits(text, tokens, people))
    before = bisect_left(around, tokens[0].start, key=lambda t: t.start)
    after = before + len(tokens)
    places = quoted_places(text, tokens, quoted)
    named = any(c.manner != "hearsay" for c in found)
    if not named and len(places) >= _MOSTLY * len(tokens):
        found.append(_bare_quotation(text, tokens, places))
    if any(not c.who and c.manner != "hearsay" for c in found):
        earlier = _identity(text, around[max(0, before - _BEFORE) : before], people, last=True)
        later = _identity(text, around[after : after + _AFTER], people, last=False)
        found = [_known(credit, earlier, later) for credit in found]
    return tuple(found)


def _credits(text: str, tokens: Sequence[Token], people: Sequence[Person]) -> Iterator[Credit]:
    for i in range(len(tokens)):
        if (credit := _at(text, tokens, i, people)) is not None:
            yield credit


def _at(text: str, tokens: Sequence[Token], i: int, people: Sequence[Person]) -> Credit | None:
    word = tokens[i].norm
    if word == "according" and _norm(tokens, i + 1) == "to":
        first, last = _trimmed(tokens, *phrase_after(tokens, i + 2))
        return _credit(text, tokens, (i, last), (first, last), "according", people, i > 2) if first < last else None
    is_passive = _after_be(tokens, i) and _norm(tokens, i + 1) in ("to", "of", "that")
    if word in _PASSIVE and (is_passive or _after_short_be(tokens, i)):
        return _credit(text, tokens, (i - 1, i + 1), (i, i), "hearsay", people, False)
    if word in _HEARSAY:
        credit = _credit(text, tokens, (i, i + 1), (i, i), "hearsay", people, False)
        # "The alleged gunman" leaves open who did it, not what is told of him.
        return replace(credit, last=min(i + _NAMING, len(tokens))) if word in _HEARSAY_OF_SOMEBODY else credit
    if word in _MANNER and not names_lands(tokens, i) and (word.endswith("ing") or not _after_be(tokens, i)):
        return _spoken(text, tokens, i, people)
    return None


def _norm(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].norm if at < len(tokens) else "."


def _after_be(tokens: Sequence[Token], i: int) -> bool:
    at = i
    while at and (tokens[at - 1].norm.endswith("ly") or tokens[at - 1].norm in ("also", "not")):
        at -= 1
    return at > 0 and tokens[at - 1].norm in _BE


def _after_short_be(tokens: Sequence[Token], i: int) -> bool:
    """Whether "'s" and the like before "accused of" are "is": in "he's said to Moe that" they are "has"."""
    if not i or not tokens[i - 1].text.lower().endswith(_SHORT_BE):
        return False
    following = (_norm(tokens, i + 1), _norm(tokens, i + 2))
    charged = tokens[i].norm in ("accused", "suspected") and following[0] == "of"
    return charged or (following[0] == "to" and following[1] in ("be", "have"))


def _credits_nobody(tokens: Sequence[Token], i: int) -> bool:
    """Whether a verb of saying, by the words around it, says nothing: "pointed a gun", "found a wallet"."""
    word, following = tokens[i].norm, _norm(tokens, i + 1)
    if i and (tokens[i - 1].norm in _NOT_BEFORE or tokens[i - 1].text in _APOSTROPHES):
        return True  # "quiet on reports", "the officers' claim"
    if word in _WANTS_CLAUSE:
        return not (_clause_follows(tokens, i + 1) or _documents(tokens, i))
    if word in _CALLS:
        return not _judges(tokens, i)
    return (word == "pointed" and following not in ("out", "to")) or (word in _REACTS and following in ("to", "with"))


def _spoken(text: str, tokens: Sequence[Token], i: int, people: Sequence[Person]) -> Credit | None:
    word = tokens[i].norm
    if _credits_nobody(tokens, i):
        return None
    manner = _MANNER[word]
    after_mark = i == 0 or tokens[i - 1].text in _MARKS
    if after_mark and word not in _ONLY_AFTER_SUBJECT and not word.endswith("ing"):  # "saying the two agree"
        first, last = _trimmed(tokens, *phrase_after(tokens, i + 1))
        if first < last and _norm(tokens, last) != "that" and _is_subject(tokens, first, last):
            return _credit(text, tokens, (i, last), (first, last), manner, people, True)
    first, last = phrase_before(tokens, _before_auxiliaries(tokens, i))
    first, last = _trimmed(tokens, first, last)
    if first == last:
        return None
    first = _with_partner(tokens, first)
    return _credit(text, tokens, (first, i + 1), (first, last), manner, people, _trails(tokens, first, i))


def _documents(tokens: Sequence[Token], i: int) -> bool:
    """Whether papers show something: "records that show payments", not "the report showed up"."""
    at = _before_auxiliaries(tokens, i)
    source = at > 0 and tokens[i].norm in _SHOWS and SORT.get(tokens[at - 1].norm) == "document"
    return source and _norm(tokens, i + 1) not in _NO_STATEMENT


def _judges(tokens: Sequence[Token], i: int) -> bool:
    """Whether "called" tells what somebody thinks of something, "called the ban a mistake", not of a person."""
    following = _norm(tokens, i + 1)
    if following in _THINGS:
        return True
    rest = [t for t in tokens[i + 1 : i + _LONGEST_OBJECT] if t.norm != "of"]
    end = next((at for at, t in enumerate(rest) if t.norm in _AFTER_TRAILING - _JUDGEMENT - {"”"}), len(rest))
    judged = next((at for at, t in enumerate(rest[:end]) if at and t.norm in _JUDGEMENT), 0)
    return judged > 0 and following not in _ADDRESSED and not any(_is_somebody(t) for t in rest[:judged])


def _is_somebody(token: Token) -> bool:
    return token.norm in SORT or token.norm in _SPOKESMEN or token.text[0].isupper()


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The phrase without the times around it; empty when it holds a clause and names nobody."""
    past = last
    while first < last and (tokens[last - 1].norm in _TIMES or not is_word(tokens[last - 1])):
        last -= 1
    while first < last < past and tokens[last - 1].norm in _BEFORE_TIMES:
        last -= 1
    while first < last and (tokens[first].norm in _TIMES or not (is_word(tokens[first]) or opens_name(tokens, first))):
        first += 1
    clause = any(t.norm in _NO_SUBJECT or t.norm.endswith("n't") for t in tokens[first:last])
    return (first, first) if clause else (first, last)


def _with_partner(tokens: Sequence[Token], second: int) -> int:
    """Where a subject begins: at "Moe" in "Moe and Holm said", at "Holm" in "Snow fell in Larn and Holm said"."""
    if second < 2 or tokens[second - 1].norm != "and" or not _is_party(tokens[second]):
        return second
    first = second - 1
    while first and second - first <= _LONGEST_PARTNER and _is_party(tokens[first - 1]):
        first -= 1
    opens = not first or tokens[first - 1].text in _MARKS or tokens[first - 1].norm == "that"
    return first if first < second - 1 and opens else second


def _is_party(token: Token) -> bool:
    return is_word(token) and (token.text[0].isupper() or token.norm in SORT)


def _is_subject(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the words behind "said" are who said it, not what: "said Moe", "said the mayor", "said a spokesman"."""
    subject = tokens[first:last]
    if any(t.norm in _AUXILIARIES for t in subject) or (len(subject) > _LONG and not subject[0].text[0].isupper()):
        return False
    opens = tokens[first].text[0].isupper() or tokens[first].norm in _ARTICLES or tokens[first].norm in SORT
    return opens or any(t.norm in _SPOKESMEN for t in subject)


def _before_auxiliaries(tokens: Sequence[Token], i: int) -> int:
    """The place after the subject of a verb: "who", "that" and "is" are stepped over."""
    at = i
    while at and (tokens[at - 1].norm in _AUXILIARIES or tokens[at - 1].norm.endswith("ly")):
        at -= 1
    return at - 1 if at > 1 and tokens[at - 1].norm in _RELATIVE and tokens[at - 2].text not in _MARKS else at


def _clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether "that", or a subject with its verb, may follow."""
    return at < len(tokens) and (tokens[at].norm in _CLAUSE_OPENERS or tokens[at].text[0].isupper())


def _trails(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Whether a subject and its verb follow what they credit: ", police said on Saturday.", ", police told Sky."."""
    if not first or tokens[first - 1].text not in _MARKS:
        return False
    if tokens[verb].norm not in _TELLS:
        return _norm(tokens, verb + 1) in _AFTER_TRAILING
    past = _past_addressee(tokens, verb + 1)
    told = any(t.norm == "that" for t in tokens[past:])  # "In May, police told Sky in Larn that"
    return past > verb + 1 and _norm(tokens, past) in _AFTER_TELLING and not told


def _past_addressee(tokens: Sequence[Token], at: int) -> int:
    """The place behind whom somebody tells: "her", "reporters", "the local paper", "the agency Sky"; ``at`` if none.

    A noun and what it does ("told Moe prices fell") is none.
    """
    if _norm(tokens, at) in _ADDRESSED:
        return at + 1
    first = at + (_norm(tokens, at) in _ARTICLES)
    name = first
    while name < min(len(tokens), first + _ADDRESS_WORDS) and tokens[name].text.islower() and is_word(tokens[name]):
        if tokens[name].norm in _CLAUSE_OPENERS | _AUXILIARIES | _AFTER_TRAILING:
            break
        name += 1
    past = name
    while past < len(tokens) and (tokens[past].text[0].isupper() or tokens[past].text == "-"):
        past += 1
    return past if past > first else at


def _credit(
    text: str,
    tokens: Sequence[Token],
    span: tuple[int, int],
    phrase: tuple[int, int],
    manner: Manner,
    people: Sequence[Person],
    trails: bool,
) -> Credit:
    words = [t for i, t in enumerate(tokens[phrase[0] : phrase[1]], phrase[0]) if is_word(t) or opens_name(tokens, i)]
    # "His aunt, Ann Holm, said": the name beside a source tells who it is too.
    who = _who([*words, *(t for t in tokens[span[0] : span[1]] if t.text[0].isupper())])
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    source = text[words[0].start : words[-1].end] if words else ""
    # "…, he said, and …": what goes on behind a credit in the middle is his as well.
    goes_on = trails and span[1] < len(tokens) - 3
    first, last = (0 if trails else span[1]), (span[0] if trails and not goes_on else len(tokens))
    return Credit(start, end, text[start:end], manner, source, _sort(words, people), who, first, last, trails)


def _sort(words: Sequence[Token], people: Sequence[Person]) -> str:
    if len(words) == 1 and words[0].norm in _PRONOUNS:
        return "pronoun"
    sort = sort_of(words)
    if sort or not words:
        return sort
    if _names_person(words[0].start, words[-1].end, people) or words[-1].norm in {name for _, _, name in people}:
        return "person"
    return "named" if any(w.text[0].isupper() for w in words[1:] or words) and words[-1].text[0].isupper() else ""


def _names_person(start: int, end: int, people: Sequence[Person]) -> bool:
    first = bisect_left(people, start, key=lambda person: person[0])
    return first < len(people) and people[first][1] <= end


def _who(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(stem(w.norm) for w in words if is_content(w) and w.norm not in _NO_IDENTITY)


def _bare_quotation(text: str, tokens: Sequence[Token], places: frozenset[int]) -> Credit:
    first, last = min(places), max(places) + 1
    start, end = tokens[first].start, tokens[last - 1].end
    return Credit(start, end, text[start:end], "quoted", "", "pronoun", frozenset(), first, last)


def _identity(text: str, tokens: Sequence[Token], people: Sequence[Person], last: bool) -> Credit | None:
    """The nearest credit that names somebody; "last" looks from the end."""
    named = [c for c in _credits(text, tokens, people) if c.who and c.sort != "pronoun"]
    return (named[-1] if last else named[0]) if named else None


def _known(credit: Credit, earlier: Credit | None, later: Credit | None) -> Credit:
    """``credit`` with the source that the sentences around it give to its pronoun or its quotation."""
    if credit.who or credit.manner == "hearsay":
        return credit
    found = (later or earlier) if credit.manner == "quoted" and later and later.trails else (earlier or later)
    return replace(credit, who=found.who, sort=found.sort) if found else credit


def quoted_places(text: str, tokens: Sequence[Token], quoted: Sequence[Quotation]) -> frozenset[int]:
    """The places of the tokens that stand within quotation marks, those of a quotation that began earlier included."""
    places = {i for i, t in enumerate(tokens) for q in quoted if q.start <= t.start < q.end}
    start, end = tokens[0].start, tokens[-1].end
    sentence, before = text[start:end], text[max(0, start - _LONGEST_BEFORE) : start]
    if before.rfind("“") <= before.rfind("”"):
        closing = _straight_close(text, start, end)
        if closing > start:
            return frozenset(places | {i for i, t in enumerate(tokens) if t.start < closing})
        # A speech of several paragraphs opens each with a mark and closes the last one only.
        goes_on = sentence[0] in '"“' and not any(mark in sentence[1:] for mark in '"”')
        return frozenset(range(len(tokens)) if goes_on else places)
    opens, closes = sentence.find("“"), sentence.find("”")
    if closes >= 0 and not 0 <= opens < closes:
        places |= {i for i, t in enumerate(tokens) if t.start < start + closes}
    elif opens < 0 and closes < 0 and _closes_later(text[end : end + _LONGEST_AFTER]):
        places |= set(range(len(tokens)))
    return frozenset(places)


def _straight_close(text: str, start: int, end: int) -> int:
    """Where a quotation in straight marks ends that began in a paragraph before ``start..end``; -1 if none is sure.

    Both marks have to show by the spaces around them which way they turn, with no other mark between.
    """
    opening = text.rfind('"', max(0, start - _LONGEST_BEFORE), start)
    closing = text.find('"', start, end + _LONGEST_AFTER)
    if opening < 0 or closing < 0 or "\n" not in text[opening:start]:
        return -1
    opens = not text[opening - 1 : opening].strip(" \n(") and not text[opening + 1].isspace()
    ends_line = text[closing + 1 : closing + 2] in ("", "\n")
    closes = ends_line or (not text[closing - 1].isspace() and not text[closing + 1].isalnum())
    alone = not any(mark in text[opening:closing] for mark in "“”")
    return closing if opens and closes and alone else -1


def _closes_later(after: str) -> bool:
    opens, closes = after.find("“"), after.find("”")
    return closes >= 0 and not 0 <= opens < closes


def covered(credits: Sequence[Credit], tokens: Sequence[Token]) -> frozenset[int]:
    """The places of the tokens that some credit covers, the crediting words themselves left out."""
    places = {i for credit in credits for i in range(credit.first, credit.last)}
    own = {i for i, t in enumerate(tokens) for c in credits if c.manner != "quoted" and c.start <= t.start < c.end}
    return frozenset(places - own)


def same_source(a: Credit, b: Credit) -> bool:
    """Whether two credits may name one source: a word in common, or one the other's initials ("CHP")."""
    services = a.sort == b.sort and a.sort in _ONE_SERVICE
    return services or bool(a.who & b.who) or _initials(a, b) or _initials(b, a)


def _initials(a: Credit, b: Credit) -> bool:
    capitals = "".join(word[0] for word in b.source.split() if word[0].isupper())
    return len(capitals) > 1 and any(word.isupper() and capitals.startswith(word) for word in a.source.split())
