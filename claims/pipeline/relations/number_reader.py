"""Numbers in a sentence: what each counts or measures, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.pipeline.relations.ages import ROLES
from claims.pipeline.relations.amounts import Amount
from claims.pipeline.relations.date_reader import When
from claims.pipeline.relations.figures import Figures, Reading
from claims.pipeline.relations.number_words import (
    CARRYING,
    CURRENCIES,
    DENIALS,
    DOLLARS,
    FATE,
    FLEEING,
    HEDGE_BY_LAST,
    HOMES,
    HUMANS,
    LABELS,
    LEAVING,
    LISTED,
    MONEY_WORDS,
    NOT_NOUNS,
    NOUN_SKIPS,
    ON_BOARD,
    ORDERED,
    PART_OF,
    PEOPLE,
    SMALL,
    STARTS,
    SYNONYMS,
    TENS,
    TIME_UNITS,
    TO,
    UNIT_AFTER,
)
from claims.pipeline.relations.tokens import Token, is_word, stem

#: What scraping tore apart: "31, 000", "5. 9", "worst - hit".
_TORN = re.compile(r"(?<=\d)([.,]) (?=\d)|(?<=\w) (-) (?=\w)")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that counts or measures something, in article offsets; ``first`` and ``last`` are its tokens.

    ``unit``: "USD", "%", "points", "age", "mile", "magnitude", "" for a plain count. ``nouns``: stems of what is
    counted, the head last. ``fate``: what befell the people counted. ``partial``: "two other men", "a mother of 12",
    "23 Somali and Yemeni pirates": not the whole of what the nouns name.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    amount: Amount
    unit: str = ""
    nouns: tuple[str, ...] = ()
    noun_text: str = ""
    fate: str = ""
    partial: bool = False

    @property
    def value(self) -> str:
        return f"{self.amount} {'years of age' if self.unit == 'age' else self.unit or self.noun_text}".strip()

    @property
    def wording(self) -> str:
        """The number in a sentence for a reader: "12 workers", "$1.2bn", "magnitude 5.9"."""
        if self.unit == "magnitude":
            return f"magnitude {self.amount}"
        words = self.text if self.unit or not self.noun_text else f"{self.text} {self.noun_text}"
        words = _TORN.sub(lambda m: m[1] or m[2], words)
        if self.unit == "points" and words.endswith("point") and self.amount.high != 1:
            words += "s"  # out of "a seven-point lead"
        return words if words[1:2].isupper() else words[0].lower() + words[1:]

    @property
    def told(self) -> str:
        """The people counted and what befell them: "12 workers were killed"; "14 dead" says it by itself."""
        if not self.fate or not self.nouns or any(word.lower() in FATE for word in self.noun_text.split()):
            return self.wording
        if self.fate == "gathered":
            return f"{self.wording} gathered"
        return f"{self.wording} {'was' if self.amount.high == 1 else 'were'} {self.fate}"


def read(text: str, tokens: Sequence[Token], times: Sequence[When] = ()) -> tuple[Number, ...]:
    """The numbers among ``tokens`` of ``text``, but for those that ``times`` are written with."""
    reader = _Reader(text, tokens)
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not (token.text[0].isdigit() or token.norm in STARTS) or any(w.start <= token.start < w.end for w in times):
            at += 1
        else:
            number, at = reader.number(at)
            if number is not None:
                found.append(number)
    return tuple(found)


class _Reader(Figures):
    """Reads numbers with what stands around them: unit, hedge, range, nouns, fate."""

    def number(self, at: int) -> tuple[Number | None, int]:
        """The number that starts at a token, if one does, and the token to go on from."""
        figure = self.figure(at) if self.norm(at - 1) not in LABELS else None
        if figure is None:
            return None, self.past_figures(at) if self.tokens[at].text[0].isdigit() else at + 1
        amount, after = figure
        unit, after = self.unit(at, after)
        if (second := self.range_end(at, after)) is not None:
            other, after = second
            if other.low <= amount.low:  # a tally such as 51 to 49
                return None, after
            amount = Amount(amount.low, other.high, other.step, "range")
            later, after = self.unit(after, after)
            unit = unit or later
        elif self.norm(after) in ("am", "pm") or self.looks_like_year(at, after, unit) or self.joins_digits(after):
            return None, self.past_figures(at)
        amount, first = self.hedged(amount, at)
        return self.counted(amount, first, after, unit), after

    def unit(self, at: int, after: int) -> tuple[str, int]:
        """The unit and the token after it."""
        word, next_word = self.norm(after), self.norm(after + 1)
        if word == "-" and next_word in ("magnitude", "percent", "mile", "miles", "km", "foot", "meter", "kilometer"):
            after, word, next_word = after + 1, next_word, self.norm(after + 2)
        if word == "percentage" and next_word.startswith("point"):
            return "points", after + 2
        if word == "per" and next_word == "cent":
            return "%", after + 2
        if word in UNIT_AFTER:
            return UNIT_AFTER[word], after + 1
        if self.is_age(at, after):
            return "age", after
        if word == "magnitude" or "magnitude" in (self.norm(at - 1), self.norm(at - 2)):
            return "magnitude", after + (word == "magnitude")
        return self.currency(at), after

    def currency(self, at: int) -> str:
        sign = CURRENCIES.get(self.norm(at - 1), "")
        if sign == "USD" and self.glued(at - 1):
            return DOLLARS.get(self.norm(at - 2), sign)
        return sign or (MONEY_WORDS.get(self.norm(at - 1), "") if self.norm(at - 1) in ("rs", "usd") else "")

    def is_age(self, at: int, after: int) -> bool:
        words = [self.norm(after + i) for i in range(5) if self.norm(after + i) not in ("-", "–")]
        if words[:2] in (["year", "old"], ["years", "old"]) or self.norm(at - 1) == "aged":
            return True
        if self.norm(at - 1) == "at" and FATE.get(self.norm(at - 2)) == "killed" and not self.norm(after)[:1].isalpha():
            return True
        if self.norm(at - 1) == "age" or (self.norm(at - 2), self.norm(at - 1)) == ("age", "of"):
            return True
        apposed = self.norm(at - 1) == "," and self.norm(after) in (",", ".", ";", ")") and after == at + 1
        of_somebody = at >= 2 and (self.tokens[at - 2].text[:1].isupper() or self.norm(at - 2) in ROLES)
        return apposed and of_somebody and self.norm(at).isdigit()

    def range_end(self, at: int, after: int) -> Reading | None:
        """The second figure of "10-12", "40 or 50", "between 40 and 80", "40 percent to 70 percent"."""
        word, before = self.norm(after), self.norm(at - 1)
        if word not in TO or before == "from" or (word == "and" and before != "between"):
            return None
        in_money = self.norm(after + 1) in CURRENCIES
        second = after + 1 + in_money
        if in_money and not self.currency(at):
            return None
        if self.norm(second)[:1].isdigit():
            lengths = sorted((len(self.norm(at)), len(self.norm(second))))
            is_phone = self.glued(after) and 2 < lengths[0] < lengths[1]  # 555-1234
            return None if is_phone else self.plain_digits(second)
        return self.words(second) if self.norm(second) in SMALL or self.norm(second) in TENS else None

    def joins_digits(self, after: int) -> bool:
        """Whether another figure hangs on by a dash that makes no range: "555-1234"."""
        return self.glued(after) and self.norm(after) in ("-", "–") and self.norm(after + 1)[:1].isdigit()

    def looks_like_year(self, at: int, after: int, unit: str) -> bool:
        text = self.tokens[at].text
        if unit or after != at + 1 or len(text) != 4 or not text.isdigit() or not "1700" <= text <= "2100":
            return False
        return stem(self.norm(after)) not in PEOPLE and self.norm(after) not in FATE

    def hedged(self, amount: Amount, at: int) -> tuple[Amount, int]:
        """The amount with "at least", "about" and the like, and the token from which it is written."""
        first = at
        if self.norm(first - 1) in CURRENCIES:
            first -= 1
            if self.glued(first) and self.norm(first - 1) in ("us", *DOLLARS):
                first -= 1
        for words, bound in HEDGE_BY_LAST.get(self.norm(first - 1), ()):
            start = first - len(words)
            if start >= 0 and tuple(self.norm(start + i) for i in range(len(words))) == words:
                return (replace(amount, bound=bound) if amount.bound in ("", "range") else amount), start
        return amount, first

    def counted(self, amount: Amount, first: int, after: int, unit: str) -> Number:
        nouns, end = self.nouns(after)
        stems = tuple(_head(stem(t.norm)) for t in nouns if t.norm not in FATE)
        crewed = (self.norm(end), self.norm(end + 1)) == ("and", "crew")
        if crewed:  # "312 passengers and crew" are people, all of them on board
            nouns, stems, end = [*nouns, self.tokens[end + 1]], (stem("people"),), end + 2
        fate = "" if unit else self.fate(first, after, stems)
        start_at, end_at = self.tokens[first].start, self.tokens[after - 1].end
        return Number(
            start_at, end_at, self.text[start_at:end_at], first, after, amount, unit,
            stems, self.text[nouns[0].start : nouns[-1].end] if nouns else "",
            fate or (ON_BOARD if crewed else ""),
            self.is_partial(first, after, end),
        )  # fmt: skip

    def is_partial(self, first: int, after: int, end: int) -> bool:
        if self.norm(after) in PART_OF or self.norm(first - 1) == "another" or self.is_denied(first):
            return True
        if LISTED.intersection(stem(self.norm(i)) for i in (after, after + 1)):
            return True
        if self.norm(first - 1) == "of" and self.norm(first - 2) in ("mother", "father"):
            return True
        joined = self.norm(end + 1) if self.norm(end) == "and" else ""
        return joined.isalpha() and joined not in SMALL and joined not in FATE and not joined.endswith(("ed", "ing"))

    def nouns(self, after: int) -> tuple[list[Token], int]:
        """What is counted: the words after the figure, as far as they run on without a verb or a function word."""
        nouns: list[Token] = []
        while after < len(self.tokens) and len(nouns) < 4:
            token = self.tokens[after]
            if self.is_designation(after, nouns) or (token.norm in NOUN_SKIPS and (not nouns or token.norm in "-’'")):
                after += 1
                continue
            hyphened = self.norm(after - 1) == "-"  # worst-hit
            verb = bool(nouns) and (token.norm in FATE or token.norm.endswith(("ed", "ing")))
            if not is_word(token) or (token.norm in NOT_NOUNS and not hyphened) or verb or token.norm in SMALL:
                break
            nouns.append(token)
            after += 1
            if token.norm in TIME_UNITS:
                break
        return nouns, after

    def is_denied(self, first: int) -> bool:
        """Whether the number stands under a denial: "none of them for more than eight years"."""
        for at in range(first - 1, max(-1, first - 12), -1):
            if self.norm(at) in (",", ";", ".", "but"):
                return False
            if self.norm(at) in DENIALS or self.norm(at).endswith("n't"):
                return True
        return False

    def is_designation(self, at: int, nouns: Sequence[Token]) -> bool:
        """Whether a token only tells a type or a land: the number of "COVID-19 cases", the letters of "U.S. troops"."""
        token = self.tokens[at]
        if token.text[0].isdigit():
            return bool(nouns) and (self.norm(at - 1) == "-" or nouns[-1].text.isupper())
        letter = len(token.text) == 1 and token.text.isupper() and self.norm(at + 1) == "."
        return letter or (token.text == "." and self.glued(at) and len(self.norm(at - 1)) == 1)

    def fate(self, first: int, after: int, nouns: tuple[str, ...]) -> str:
        """The fate told nearest to a number of people: just after it, just before it, or a few words on."""
        if self.norm(after) in FATE:
            return FATE[self.norm(after)]
        if nouns and nouns[-1] not in HUMANS:
            return ""
        later = self.up_to_a_number(range(after, after + 8))
        reach = 3 if nouns else 6  # "the death toll in the north rose to 12"
        earlier = self.up_to_a_number(range(first - 1, first - 1 - reach, -1))
        if earlier and earlier[0] in CARRYING:
            return ON_BOARD
        aboard = _aboard(later)
        if aboard:  # "killed all 12 people on board", "12 people on board were killed", never "on board sank, killing"
            later = later[: min(aboard + 2, later.index(",") if "," in later else len(later))]
            earlier = [] if earlier[:1] == ["with"] else earlier
        for word in (*later[:3], *earlier, *later[3:]):
            if word in FATE:
                return FATE[word]
        return ON_BOARD if aboard else _leaving(later)

    def up_to_a_number(self, places: range) -> list[str]:
        """The words at some places, as far as no other number and no end of a clause comes between."""
        words = []
        for at in places:
            word = self.norm(at)
            if word in (";", ".", "", "who", "whose") or word[:1].isdigit() or word in SMALL:
                break
            words.append(word)
        return words


def _aboard(words: Sequence[str]) -> int:
    """The place after "aboard" or "on board" among the first words; 0 for none."""
    for at, word in enumerate(words[:6]):
        if word == "aboard" or (word == "board" and at and words[at - 1] == "on"):
            return at + 1
    return 0


def _leaving(words: Sequence[str]) -> str:
    """The fate of people who "were ordered from their homes", "fled their homes" or "were told to leave"."""
    for at, word in enumerate(words):
        before = frozenset(words[max(0, at - 4) : at])
        if word in HOMES and before & FLEEING:
            return "displaced"
        if (word in HOMES and before & LEAVING) or (word == "leave" and before & ORDERED):
            return "evacuated"
    return ""


def _head(word: str) -> str:
    return SYNONYMS.get(word, word)
