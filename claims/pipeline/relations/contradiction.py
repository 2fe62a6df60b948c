"""What cannot both be so: one side denies the verb that the other states, or uses its opposite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.pipeline.relations.evidence import Stretch, divergence
from claims.pipeline.relations.opposites import OPPOSITES, PHRASES, SLOTS
from claims.pipeline.relations.tokens import STOP_WORDS, Token, content_stems, is_content, is_word, overlap, stem
from claims.pipeline.types import Divergence, Kind

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: "No" and "without" deny a thing, not what happened, and "cannot" denies a power: too loose to set against a verb.
_NEGATIONS = frozenset({"not", "never"})
_ANY_NEGATION = _NEGATIONS | frozenset("no nobody none nothing neither nor cannot without".split())
_NOT_QUITE = frozenset(
    "only just necessarily merely simply alone least less more fewer later doubt longer matter one".split()
)
_DENIES = frozenset("denied denies deny denying".split())
#: Denials before "to": "failed to open", never "a failed pump".
_FAILS = frozenset("refused refuses refuse declined declines decline failed fails fail unable".split())
_ARTICLES = frozenset("a an the this that these of his her its their no any".split())
_AUXILIARIES = frozenset("did does do has have had is are was were will would be been".split())
#: What these are said of has not happened: "should not be certified" and "want to certify" deny and state nothing.
_UNREAL = frozenset(
    """to would should could can may might must if whether unless cannot can't couldn't shouldn't wouldn't
    mustn't""".split()
)
#: What was denied at first was often done later.
_AT_FIRST = frozenset("initially originally".split())
_SKIPPED = STOP_WORDS | frozenset(
    "yet ever even explicitly immediately directly officially formally publicly fully".split()
)
#: Verbs too empty for their denial to tell anything by itself.
_EMPTY = frozenset(stem(w) for w in "go get make take give come came know knew think want see saw look".split())
#: Unless nearly all other words are the same.
_SAME_OVERLAP = 0.65
#: Past forms of another stem: "did not meet" denies "met".
_BASES = {
    past: base
    for line in """
    meet met|know knew known|take took taken|give gave given|go went gone|come came|see saw seen|find found|leave left
    |sell sold|tell told|pay paid|lose lost|win won|hold held|keep kept|bring brought|buy bought|break broke broken
    |choose chose chosen|drive drove driven|fall fell fallen|fly flew flown|fight fought|get got|hide hid hidden
    |lead led|make made|run ran|send sent|speak spoke spoken|steal stole stolen|strike struck|throw threw thrown
    |write wrote written|begin began begun|sink sank sunk|grow grew grown|rise rose risen|withdraw withdrew withdrawn
    |build built|spend spent|catch caught|hear heard|become became|wear wore worn|ring rang rung|seek sought
    |shoot shot|lend lent|lay laid|understand understood|forget forgot forgotten|teach taught|draw drew drawn
    """.split("|")
    for base, *pasts in [line.split()]
    for past in pasts
}
#: Verbs of cause, and the phrases that give one.
_LINKS = frozenset(stem(w) for w in "linked connected tied blamed attributed caused related".split())
_CAUSES = re.compile(
    r"\b(?:in (?:response|retaliation|reaction|reply) (?:to|for)|because(?: of)?|as a result of|due to|caused by"
    r"|prompted by|triggered by|owing to|in answer to)\b"
)
#: As in ``_LINKS``, for a quick look.
_LINKING = re.compile(
    r"\b(?:not|n[o']t|no|never|denie[sd])\b.{0,60}\b(?:link|connect|tied|blam|attribut|caus|relat)", re.I | re.S
)
_MIN_LINKED = 3
_MIN_SHARED, _MIN_OVERLAP = 2, 0.5
#: Words that only write out a figure.
_OF_FIGURES = frozenset(stem(w) for w in "percent cent percentage point points million billion".split())
#: The word after both sides counts as shared too.
_MIN_IN_SLOT = 3
_REACH = 12
#: A denial so many words before a word may deny it: "no funds for new projects in the north were found".
_NEAR = 10


@dataclass(frozen=True, slots=True)
class Denial:
    """A word that a sentence denies, with the words from the denial to it, in article offsets."""

    start: int
    end: int
    text: str
    word: str


def read(text: str, tokens: Sequence[Token]) -> tuple[Denial, ...]:
    """What is denied among ``tokens`` of ``text``: the first word of content after "not", "never", "failed to"."""
    return tuple(denial for i, token in enumerate(tokens) if (denial := _denial(text, tokens, i, token.norm)))


def is_negation(word: str) -> bool:
    return word in _NEGATIONS or (word.endswith(("n't", "n’t")) and word not in _UNREAL)


def is_unreal(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb is only wished for, possible or a condition."""
    return any(t.norm in _UNREAL for t in tokens[max(0, at - 3) : at])


def _denial(text: str, tokens: Sequence[Token], i: int, word: str) -> Denial | None:
    fails = word in _FAILS and i + 1 < len(tokens) and tokens[i + 1].norm == "to" and not is_denied(tokens, i)
    if (
        not (fails or is_negation(word))
        or any(t.norm in _NOT_QUITE for t in tokens[i + 1 : i + 4])
        or is_unreal(tokens, i)
    ):
        return None
    if any(t.norm in _AT_FIRST for t in tokens[max(0, i - 4) : i]):
        return None
    for j in range(i + 1, min(i + 5, len(tokens))):
        if not is_word(tokens[j]):
            return None
        if tokens[j].norm not in _SKIPPED:
            first = i - 1 if i and tokens[i - 1].norm in _AUXILIARIES else i
            start, end = tokens[first].start, tokens[j].end
            return Denial(start, end, text[start:end], _root(tokens[j].norm))
    return None


def _root(word: str) -> str:
    """The stem of a verb's first form, as far as known: that of "meet" for "met"."""
    return stem(_BASES.get(word, word))


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one side denies what the other states of the same thing, or says the opposite of it."""
    causes = [*_unlinked(a, b, False), *_unlinked(b, a, True)]
    if causes or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return causes or [*_opposed(a, b, _in_one_frame)]
    denied = [*_denied(a, b, False), *_denied(b, a, True)]
    return denied or [
        *_opposed(a, b, _in_like_company),
        *slot_divergences(a, b, SLOTS, "contradiction", "contradiction.slot"),
    ]


def may_deny_a_cause(a: str, b: str) -> bool:
    """Whether one text may deny that two things are linked, and the other gives a cause: a quick look at words."""
    return any(_LINKING.search(x) and _CAUSES.search(y) for x, y in ((a, b), (b, a)))


def denies_a_cause(a: Facts, b: Facts) -> bool:
    """Whether one side denies that two things are linked where the other gives one as the cause of the other.

    Whoever denies a link speaks of the very claim that others make, however different the words.
    """
    return any(True for _ in (*_unlinked(a, b, False), *_unlinked(b, a, True)))


def _unlinked(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    """Where ``a`` denies that two things are linked and ``b`` gives one as the cause of the other."""
    denial = next((d for d in a.denials if d.word in _LINKS), None)
    if denial is None or len(content_stems(a.tokens) & content_stems(b.tokens)) < _MIN_LINKED:
        return
    cause = _CAUSES.search(b.sentence.text)
    if cause is None:
        return
    start, end = b.sentence.start + cause.start(), b.sentence.start + cause.end()
    own = Stretch(start, end, cause.group())
    explanation = f"{a.outlet} says “{denial.text}”; {b.outlet} gives a cause: “{own.text}”"
    sides = [(denial, "no link"), (own, "cause")]
    yield divergence("contradiction", "contradiction.cause", explanation, *(reversed(sides) if swapped else sides))


def _denied(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    """What ``a`` denies and ``b`` states."""
    for denial in a.denials:
        if any(d.word == denial.word for d in b.denials):
            continue
        if denial.word in _EMPTY and overlap(a.tokens, b.tokens) < _SAME_OVERLAP:
            continue
        stated = [i for i, t in enumerate(b.tokens) if is_content(t) and _root(t.norm) == denial.word]
        elsewhere = sum(is_content(t) and _root(t.norm) == denial.word for t in a.tokens)
        if len(stated) != 1 or elsewhere != 1 or is_denied(b.tokens, stated[0]) or is_unreal(b.tokens, stated[0]):
            continue
        at = next(i for i, t in enumerate(a.tokens) if t.end == denial.end)
        if len(around(a.tokens, at) & around(b.tokens, stated[0])) < _MIN_SHARED:
            continue
        if a.tokens[at].norm != b.tokens[stated[0]].norm and not _goes_on_alike(b.tokens, stated[0], a.tokens):
            continue  # "did not meet in Ost", "met reporters in Ost"
        token = b.tokens[stated[0]]
        if token.norm.endswith("ing") != a.tokens[at].norm.endswith("ing"):
            continue  # "not fully funded" against "demands for funding"
        if a.tokens[at].text[0].isupper() or (stated[0] and token.text[0].isupper()):
            continue  # "is not Holm" tells who somebody is, and so may "Holm"
        if _after_article(b.tokens, stated[0]) != _after_article(a.tokens, at):
            continue  # "declined to comment" against "in a comment"
        own = _with_auxiliary(b, stated[0])
        explanation = f"{a.outlet} says “{denial.text}”; {b.outlet} says “{own.text}”"
        sides = [(denial, f"not {denial.word}"), (own, denial.word)]
        yield divergence(
            "contradiction", "contradiction.negation", explanation, *(reversed(sides) if swapped else sides)
        )


def _goes_on_alike(tokens: Sequence[Token], at: int, others: Sequence[Token]) -> bool:
    """Whether the first word of content behind a verb stands in the other sentence too."""
    following = next((stem(t.norm) for t in tokens[at + 1 : at + 5] if is_content(t)), "")
    return not following or following in content_stems(others)


def _after_article(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].norm in _ARTICLES


def _with_auxiliary(facts: Facts, at: int) -> Stretch:
    """A verb with the "has" or "will" before it."""
    first = at - 1 if at and facts.tokens[at - 1].norm in _AUXILIARIES else at
    start, end = facts.tokens[first].start, facts.tokens[at].end
    return Stretch(start, end, facts.article.text[start:end])


def is_denied(tokens: Sequence[Token], at: int) -> bool:
    """Whether a denial stands shortly before a word."""
    return any(
        tokens[i].norm in _ANY_NEGATION
        or tokens[i].norm in _DENIES
        or tokens[i].norm.endswith("n't")
        or (tokens[i].norm in _FAILS and tokens[i + 1].norm == "to")
        for i in range(max(0, at - _NEAR), at)
    )


def around(tokens: Sequence[Token], at: int) -> frozenset[str]:
    """The stems of the content words near a word."""
    words = (*tokens[max(0, at - _REACH) : at], *tokens[at + 1 : at + 1 + _REACH])
    return frozenset(stem(t.norm) for t in words if is_content(t))


def _opposed(a: Facts, b: Facts, alike: Callable[[Facts, int, Facts, int], bool]) -> Iterator[Divergence]:
    """A word on one side whose opposite stands on the other, where ``alike`` finds that both are said of one thing."""
    mine, theirs = _words(a.tokens), _words(b.tokens)
    for word, i in mine.items():
        for opposite in OPPOSITES.get(word, frozenset()) & theirs.keys():
            j = theirs[opposite]
            settled = OPPOSITES[word] & mine.keys() or OPPOSITES[opposite] & theirs.keys()
            if settled or is_denied(a.tokens, i) or is_denied(b.tokens, j):
                continue
            if not alike(a, i, b, j):
                continue
            x, y = _told(a, i), _told(b, j)
            explanation = f"{a.outlet} says “{x.text}”; {b.outlet} says “{y.text}”"
            yield divergence("contradiction", "contradiction.opposite", explanation, (x, x.text), (y, y.text))
            return


def _words(tokens: Sequence[Token]) -> dict[str, int]:
    """The place of each stem, and of what two words say together."""
    words = {stem(t.norm): i for i, t in enumerate(tokens) if is_word(t)}
    return words | {stem(PHRASES[pair]): i for i in range(len(tokens) - 1) if (pair := _pair(tokens, i)) in PHRASES}


def _pair(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens[at : at + 2])


def _told(facts: Facts, at: int) -> Stretch:
    """A word, or the two that say something together."""
    last = facts.tokens[at + (_pair(facts.tokens, at) in PHRASES)]
    return Stretch(facts.tokens[at].start, last.end, facts.article.text[facts.tokens[at].start : last.end])


def _in_like_company(a: Facts, i: int, b: Facts, j: int) -> bool:
    return len(around(a.tokens, i) & around(b.tokens, j)) >= _MIN_SHARED or _in_one_frame(a, i, b, j)


def _in_one_frame(a: Facts, i: int, b: Facts, j: int) -> bool:
    """Whether two words have one subject and go on to one figure, or stand among the same words: "rose to 5.2%"."""
    subject, other = _subject(a.tokens, i), _subject(b.tokens, j)
    if not subject or subject != other or _dates_apart(a, b):
        return False
    mine, theirs = (content_stems(f.tokens) - _OF_FIGURES for f in (a, b))
    mine, theirs = mine - {stem(a.tokens[i].norm)}, theirs - {stem(b.tokens[j].norm)}
    if mine == theirs:
        return _figures(a, i) == _figures(b, j)
    return bool(_figures(a, i)) and _figures(a, i) == _figures(b, j) and not _names_apart(a, b)


def _subject(tokens: Sequence[Token], at: int) -> str:
    """The stem of the word of content right before a verb and its auxiliaries; empty for none."""
    while at and (tokens[at - 1].norm in _AUXILIARIES or tokens[at - 1].norm.endswith("ly")):
        at -= 1
    return stem(tokens[at - 1].norm) if at and is_content(tokens[at - 1]) else ""


def _figures(facts: Facts, at: int) -> frozenset[tuple[str, float, float, str]]:
    """The figures after a word, each with the "to" or "from" before it; "rose by 3%" is "rose 3%"."""
    later = (n for n in facts.numbers if n.first > at)
    return frozenset((_leading(facts.tokens, n.first), n.amount.low, n.amount.high, n.unit) for n in later)


def _leading(tokens: Sequence[Token], first: int) -> str:
    word = tokens[first - 1].norm
    return word if word in ("to", "from", "at") else ""


def _dates_apart(a: Facts, b: Facts) -> bool:
    """Whether both sides are dated, and otherwise: then both may be so."""
    return bool(a.dates and b.dates) and not {w.label for w in a.dates} & {w.label for w in b.dates}


def _names_apart(a: Facts, b: Facts) -> bool:
    """Whether each side has names that the other lacks: "in Larn", "in Holm"."""
    mine, theirs = (
        {t.norm for t in f.tokens[1:] if t.text[0].isupper() and is_content(t) and not _in_a_date(f, t)} for f in (a, b)
    )
    return bool(mine - theirs and theirs - mine)


def _in_a_date(facts: Facts, token: Token) -> bool:
    return any(when.start <= token.start < when.end for when in facts.dates)


def slot_divergences(
    a: Facts, b: Facts, groups: Mapping[str, frozenset[str]], kind: Kind, rule: str
) -> Iterator[Divergence]:
    """The first words of one group, such as left and right, before the same word of content on both sides."""
    theirs = {_slot(b.tokens, i): i for i, t in enumerate(b.tokens) if t.norm in groups}
    if not theirs or overlap(a.tokens, b.tokens) < _MIN_OVERLAP:
        return
    in_a, in_b = frozenset(t.norm for t in a.tokens), frozenset(t.norm for t in b.tokens)
    for i, token in enumerate(a.tokens):
        place = _slot(a.tokens, i) if token.norm in groups else None
        if not place or place not in theirs:
            continue
        j = theirs[place]
        other = b.tokens[j]
        if other.norm not in groups[token.norm] or other.norm in in_a or token.norm in in_b:
            continue
        if len(around(a.tokens, i) & around(b.tokens, j)) < _MIN_IN_SLOT:
            continue
        x, y = _slot_words(a, i), _slot_words(b, j)
        explanation = f"{a.outlet} says “{x.text}”; {b.outlet} says “{y.text}”"
        yield divergence(kind, rule, explanation, (x, token.norm), (y, other.norm))
        return


def _slot(tokens: Sequence[Token], at: int) -> str:
    """The word of content that follows, "of" and an article between them at most; empty for none."""
    word = _slot_end(tokens, at)
    return stem(tokens[word].norm) if word else ""


def _slot_end(tokens: Sequence[Token], at: int) -> int:
    if at and tokens[at - 1].text == "-":
        return 0
    for i in range(at + 1, min(at + 4, len(tokens))):
        if is_content(tokens[i]):
            return i
        if tokens[i].norm not in ("of", "the", "a", "an", "his", "her", "their", "its"):
            break
    return 0


def _slot_words(facts: Facts, at: int) -> Stretch:
    start, end = facts.tokens[at].start, facts.tokens[_slot_end(facts.tokens, at)].end
    return Stretch(start, end, facts.article.text[start:end])
