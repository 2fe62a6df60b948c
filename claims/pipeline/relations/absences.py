"""Nobody: one side says that a fate befell no one, the other counts somebody whom it befell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.pipeline.relations.contradiction import is_unreal
from claims.pipeline.relations.evidence import Span, divergence
from claims.pipeline.relations.number_words import HUMANS, PEOPLE
from claims.pipeline.relations.tokens import Token, stem
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

#: The fates that are denied of everybody, by the words that do so; fewer than those that a count may have.
_FATES = {
    "killed": "killed dead died dies slain deaths death fatalities fatality",
    "injured": "injured hurt wounded injuries injury",
    "arrested": "arrested detained arrests",
    "charged": "charged",
    "missing": "missing",
    "rescued": "survived survivors",
}
_FATE = {word: fate for fate, words in _FATES.items() for word in words.split()} | {"casualties": "killed injured"}
_NOBODY = frozenset({"nobody", "no-one"})
#: "No other deaths", "no serious injuries", "no one else": not nobody at all.
_SOME_STILL = frozenset(
    """other others else further more additional serious major new immediate significant lasting severe longer yet
    initially""".split()
)
_PERSON = frozenset(
    """man woman boy girl child baby teenager toddler person driver passenger pedestrian cyclist motorist officer
    policeman worker firefighter student pupil soldier crewman villager resident guard nurse miner""".split()
)
_ENDS = frozenset({";", ".", ",", "but", "if", "unless", "who", "when"})
_REACH = 7


@dataclass(frozen=True, slots=True)
class Absence:
    """Words that say that nobody met one of ``fates``, in article offsets; ``whom``: stem of those meant, or ""."""

    start: int
    end: int
    text: str
    fates: frozenset[str]
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Victim:
    """A single person, told without a number, whom ``fate`` befell: "a man was killed"."""

    start: int
    end: int
    text: str
    fate: str
    whom: str


def read(text: str, tokens: Sequence[Token]) -> tuple[Absence, ...]:
    """What befell nobody: "no one was hurt", "there were no deaths", "no passengers died"."""
    return tuple(absence for i in range(len(tokens)) if (absence := _absence(text, tokens, i)))


def _absence(text: str, tokens: Sequence[Token], i: int) -> Absence | None:
    word = tokens[i].norm
    if word not in _NOBODY | {"no", "none"} or is_unreal(tokens, i):
        return None
    whom = ""
    for at in range(i + 1, min(i + 1 + _REACH, len(tokens))):
        norm = tokens[at].norm
        if norm in _SOME_STILL or norm in _ENDS:
            return None
        if norm in _FATE:
            start, end = tokens[i].start, tokens[at].end
            return Absence(start, end, text[start:end], frozenset(_FATE[norm].split()), whom)
        if word == "no" and at == i + 1:
            if norm not in ("one", "reports", "report", "-", "loss") and stem(norm) not in HUMANS:
                return None
            whom = stem(norm) if stem(norm) in HUMANS - PEOPLE else ""
    return None


def victims(text: str, tokens: Sequence[Token]) -> tuple[Victim, ...]:
    """The single people whom something befell: "a man of 71 was killed"."""
    return tuple(
        victim for i, token in enumerate(tokens) if token.norm in _PERSON and (victim := _victim(text, tokens, i))
    )


def _victim(text: str, tokens: Sequence[Token], person: int) -> Victim | None:
    first = next((i for i in range(person - 1, max(-1, person - 4), -1) if tokens[i].norm in ("a", "an", "one")), -1)
    if first < 0:
        return None
    for at in range(person + 1, min(person + _REACH, len(tokens))):
        norm = tokens[at].norm
        if norm in _ENDS or norm in ("not", "nobody", "no", "and"):
            return None
        if norm in _FATE and " " not in _FATE[norm]:
            passive = tokens[at - 1].norm in ("was", "were", "been", "be", "is") or norm in ("died", "dies", "survived")
            start, end = tokens[first].start, tokens[at].end
            return Victim(start, end, text[start:end], _FATE[norm], stem(tokens[person].norm)) if passive else None
    return None


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one side says that nobody met a fate, and the other tells of somebody who did."""
    return [*_denied(a, b, False), *_denied(b, a, True)]


def _denied(a: Facts, b: Facts, swapped: bool) -> Iterator[Divergence]:
    if any(when.grain == "year" for when in b.dates):
        return  # the victims of an earlier event
    for absence in a.nobody:
        if any(absence.fates & other.fates for other in b.nobody):
            continue
        for span, wording in _victims(absence, b):
            nobody = absence.text[0].lower() + absence.text[1:]
            explanation = f"{a.outlet} says “{nobody}”; {b.outlet} says {wording}"
            sides: list[tuple[Span, str]] = [(absence, "0"), (span, span.text)]
            yield divergence(
                "contradiction", "contradiction.none", explanation, *(reversed(sides) if swapped else sides)
            )
            return


def _victims(absence: Absence, b: Facts) -> Iterator[tuple[Span, str]]:
    """Those whom ``b`` counts, or tells of one by one, where they are among those meant."""
    for number in b.numbers:
        head = number.nouns[-1] if number.nouns else ""
        meant = head in ("", absence.whom) or head in PEOPLE or not absence.whom
        if number.fate in absence.fates and number.amount.low >= 1 and not number.unit and meant:
            yield number, number.told
    for victim in b.victims:
        if victim.fate in absence.fates and absence.whom in ("", victim.whom):
            yield victim, f"“{victim.text[0].lower()}{victim.text[1:]}”"
