"""Numbers in a sentence: what each counts or measures, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claims.pipeline.relations.ages import ROLES
from claims.pipeline.relations.amounts import Amount
from claims.pipeline.relations.date_reader import MONTHS, WEEKDAYS, When
from claims.pipeline.relations.figures import Figures, Reading
from claims.pipeline.relations.number_words import (
    CARRYING,
    CHANGED,
    CURRENCIES,
    DENIALS,
    DOLLARS,
    FATE,
    FLEEING,
    HEDGE_BY_LAST,
    HOMES,
    HUMANS,
    HYPHENED,
    LABELS,
    LEAVING,
    LISTED,
    MONEY_WORDS,
    NOT_NOUNS,
    NOUN_SKIPS,
    OF_SCORES,
    ON_BOARD,
    ORDERED,
    PART_OF,
    PEOPLE,
    QUAKES,
    SCALES,
    SCALES_OF_HEAT,
    SMALL,
    SQUARED,
    STARTS,
    SYNONYMS,
    TENS,
    TIME_UNITS,
    TO,
    UNIT_AFTER,
    UNITS,
)
from claims.pipeline.relations.tokens import STOP_WORDS, Token, is_word, stem

_PLACING = frozenset("in at near on off from around outside across inside".split())
_BEFELL = frozenset("were have had are".split())
#: What follows tells of others: "killing four workers and injuring 23".
_JOINING = frozenset("and , but while".split())
#: What stands between a toll and its figure.
_REACHED = frozenset("to at hit hits reached reaches passed passes tops topped exceeds exceeded was is of".split())
#: What scraping tore apart: "31, 000", "5. 9", "worst - hit".
_TORN = re.compile(r"(?<=\d)([.,]) (?=\d)|(?<=\w) (-) (?=\w)")

_OF_PERCENT = re.compile(r"(?:percentage|percent|%|basis)[ -]?points?$|(?:pp|ppts?|bps?)$", re.IGNORECASE)


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
    def of_percent(self) -> bool:
        """Whether points are told to be percentage points: "points" alone may be those of an index or a game."""
        return self.unit == "points" and bool(_OF_PERCENT.search(self.text))

    @property
    def value(self) -> str:
        named = "years of age" if self.unit == "age" else "percentage points" if self.of_percent else self.unit
        return f"{self.amount} {named or self.noun_text}".strip()

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

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        super().__init__(text, tokens)
        long = [t for t in tokens if is_word(t) and len(t.text) > 3]
        self.is_headline = sum(t.text[0].isupper() for t in long) > 0.6 * len(long)

    def number(self, at: int) -> tuple[Number | None, int]:
        """The number that starts at a token, if one does, and the token to go on from."""
        if (share := self.share(at)) is not None:
            amount, first = self.hedged(share.amount, at)
            amount = amount if amount.bound else replace(amount, bound="about")
            return self.counted(amount, first, share.after, "%"), share.after
        if (part := self.part_of_a_point(at)) is not None:
            amount, first = self.hedged(part.amount, at)
            return self.counted(amount, first, part.after, "points"), part.after
        figure = self.figure(at) if not self.is_label(at) else None
        if figure is None:
            return None, self.past_figures(at) if self.tokens[at].text[0].isdigit() else at + 1
        amount, after = self.with_more(*figure)
        unit, after = self.unit(at, after)
        if (second := self.range_end(at, after)) is not None:
            other, after = second
            if other.low <= amount.low or self.is_score(at, after):  # a tally such as 51 to 49
                return None, after
            amount = self.in_scale_of(amount, other, after - 1)
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
        if word == "-" and next_word in HYPHENED:
            after, word, next_word = after + 1, next_word, self.norm(after + 2)
        told = self.points(after) or self.two_words(word, next_word, after) or self.heat(after)
        if told or word in UNIT_AFTER:
            return told or (UNIT_AFTER[word], after + 1)
        if self.is_age(at, after):
            return "age", after
        if word == "magnitude" or "magnitude" in (self.norm(at - 1), self.norm(at - 2)) or self.is_of_quake(at, after):
            return "magnitude", after + (word == "magnitude")
        return self.currency(at), after

    def is_of_quake(self, at: int, after: int) -> bool:
        """Whether a figure is the strength of a quake: "a 5.9 quake", "5.9 on the Richter scale"."""
        if not re.fullmatch(r"\d\.\d", self.norm(at)):
            return False
        return self.norm(after) in QUAKES or "richter" in [self.norm(after + i) for i in range(4)]

    def two_words(self, word: str, next_word: str, after: int) -> tuple[str, int] | None:
        """A unit of two words, "per cent", "square miles", and the token after it."""
        if word == "per" and next_word == "cent":
            return "%", after + 2
        if word in ("square", "sq") and UNITS.get(next_word) in SQUARED:
            return f"square {UNITS[next_word]}", after + 2
        return None

    def points(self, after: int) -> tuple[str, int] | None:
        """Percentage points, whole or in hundredths, "points", "3.5-percentage-point", "25bps", and the token after."""
        word = self.norm(after)
        if word in ("bp", "bps") and self.tokens[after].text.islower():
            return "basis points", after + 1
        if word in ("percentage", "basis", "percent", "%"):
            at = after + 1 + (self.norm(after + 1) == "-")
            unit = "basis points" if word == "basis" else "points"
            return (unit, at + 1) if self.norm(at) in ("point", "points") else None
        return None

    def heat(self, after: int) -> tuple[str, int] | None:
        """Degrees of which the scale is told, "38C", "100 degrees Fahrenheit", and the token after them."""
        scale_at = after + (self.norm(after) in ("degrees", "degree", "°"))
        scale = SCALES_OF_HEAT.get(self.norm(scale_at), "")
        if not scale or (len(self.norm(scale_at)) == 1 and not (self.glued(scale_at) or scale_at > after)):
            return None
        return scale, scale_at + 1

    def currency(self, at: int) -> str:
        sign = CURRENCIES.get(self.norm(at - 1), "")
        if sign == "USD" and self.glued(at - 1):
            return DOLLARS.get(self.norm(at - 2), sign)
        word = self.norm(at - 2) if self.norm(at - 1) == "." else self.norm(at - 1)  # Rs. 500
        return sign or (MONEY_WORDS[word] if word in ("rs", "usd", "inr", "eur", "gbp") else "")

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
        if word == "to" and after > at + 1 and (before == "by" or before in CHANGED):
            return None  # "rose by 2 percent to 45 percent"
        in_money = self.norm(after + 1) in CURRENCIES
        second = after + 1 + in_money
        if in_money and not self.currency(at):
            return None
        if self.norm(second)[:1].isdigit():
            lengths = sorted((len(self.norm(at)), len(self.norm(second))))
            is_phone = self.glued(after) and 2 < lengths[0] < lengths[1]  # 555-1234
            return None if is_phone else self.plain_digits(second)
        spelled = self.norm(second) in SMALL or self.norm(second) in TENS
        return self.words(second) if spelled else None

    def joins_digits(self, after: int) -> bool:
        """Whether another figure hangs on by a dash that makes no range: "555-1234"."""
        return self.glued(after) and self.norm(after) in ("-", "–") and self.norm(after + 1)[:1].isdigit()

    def with_more(self, amount: Amount, after: int) -> Reading:
        """ "100+ people" and "3,000-plus responses" are at least so many."""
        if self.norm(after) == "+" and self.glued(after):
            return Reading(replace(amount, bound="at least"), after + 1)
        if self.norm(after) == "-" and self.norm(after + 1) == "plus":
            return Reading(replace(amount, bound="at least"), after + 2)
        return Reading(amount, after)

    def in_scale_of(self, amount: Amount, other: Amount, last: int) -> Amount:
        """The lower end of "1-2bn" and "between 3 and 4 million", whose scale is written once, at the end."""
        scale = SCALES.get(self.norm(last), 1.0)
        if scale == 1.0 or amount.low * scale >= other.low:
            return amount
        return Amount(amount.low * scale, amount.high * scale, amount.step * scale, amount.bound)

    def is_score(self, at: int, after: int) -> bool:
        """Whether "1-3" tells a score: no unit and no plain noun follows."""
        written = self.tokens[at:after]
        if len(written) != 3 or not self.glued(at + 1) or not self.glued(at + 2) or self.unit(after, after)[0]:
            return False
        nouns, _ = self.nouns(after)
        return all(len(t.text) <= 2 for t in written) and (not nouns or stem(nouns[0].norm) in OF_SCORES)

    def is_label(self, at: int) -> bool:
        """Whether the figure only names something: "Flight 12", "Route 66", "the top 10", "1." before an item."""
        joined = self.glued(at) and self.norm(at - 1) == "-"
        if not self.tokens[at].text[0].isdigit():
            return self.norm(at - 1) in LABELS or (joined and self.norm(at - 2)[:1].isdigit())  # 7-Eleven
        if at == 0:
            return self.is_numbering(at) or self.is_name_or_code(at)
        numbered = self.norm(at - 1) == "." and self.norm(at - 2) in ("no", "nos") and self.glued(at - 1)
        ranked = self.norm(at - 1) == "top" and self.norm(at - 2) in ("the", "a", "its", "world")
        return numbered or ranked or self.norm(at - 1) in LABELS or self.is_name_or_code(at)

    def is_name_or_code(self, at: int) -> bool:
        """Whether a figure without a unit belongs to a name, as in "BA 117", or to a code, as in "OH 44101"."""
        if self.unit(at, at + 1)[0] or "," in self.tokens[at].text:
            return False
        if self.is_in_tally(at) or (self.follows_name(at) and not self.of_people(at)):
            return True
        if self.norm(at + 1) == "-" and self.glued(at + 1) and self.norm(at + 2) in SMALL:
            return self.tokens[at + 2].text[0].isupper()  # 7-Eleven
        return len(self.tokens[at].text) > 4 and not self.nouns(at + 1)[0]

    def is_in_tally(self, at: int) -> bool:
        """Whether the figure stands in a table of results: "Larn 3 Ost 1"."""
        names = [at + step for step in (-3, -1, 1) if self.is_capital(at + step) and self.norm(at + step) not in FATE]
        if at - 1 not in names:
            return False
        return (at + 1 in names and self.norm(at + 2).isdigit()) or (at - 3 in names and self.norm(at - 2).isdigit())

    def is_capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].text[0].isupper()

    def is_numbering(self, at: int) -> bool:
        """Whether the sentence opens with a place in a list or the hour of an entry: "3. Ost", "11.32 Police say"."""
        mark = self.norm(at + 1)
        if mark in (".", ")", ":") and self.glued(at + 1):
            return True
        whole, _, rest = self.tokens[at].text.partition(".")
        following = self.tokens[at + 1].text if at + 1 < len(self.tokens) else ""
        return (
            len(rest) == 2 and int(whole[:3]) < 24 and rest < "60" and (following[:1].isupper() or following in "-–—:")
        )

    def follows_name(self, at: int) -> bool:
        """Whether a name stands right before a figure, in a text that does not capitalise every word."""
        before = self.tokens[at - 1]
        named = is_word(before) and any(c.isupper() for c in before.text) and at > 1
        if not named or self.is_headline or before.norm in STOP_WORDS or before.norm in (*MONTHS, *WEEKDAYS):
            return False
        return before.norm not in FATE

    def of_people(self, at: int) -> bool:
        """Whether people or things are counted after a place: "in Larn 12 people died", "on Mell 221 houses burned"."""
        nouns, end = self.nouns(at + 1)
        placed = any(self.norm(i) in _PLACING for i in range(max(0, at - 5), at))
        things = bool(nouns) and nouns[-1].text.endswith("s") and nouns[-1].text.islower() and self.norm(end) in _BEFELL
        return placed and (self.norm(at + 1) in FATE or things or any(stem(t.norm) in HUMANS for t in nouns))

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
        if unit == "basis points":
            unit, amount = (
                "points",
                replace(amount, low=amount.low / 100, high=amount.high / 100, step=amount.step / 100),
            )
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
            self.is_partial(first, after, end, unit),
        )  # fmt: skip

    def is_partial(self, first: int, after: int, end: int, unit: str) -> bool:
        """Whether the figure counts but some of them, or by how many they became more or fewer."""
        if self.norm(after) in PART_OF or self.norm(first - 1) in ("another", "other") or self.is_denied(first):
            return True
        if LISTED.intersection(stem(self.norm(i)) for i in (after, after + 1)):
            return True
        if self.norm(first - 1) == "of" and self.norm(first - 2) in ("mother", "father"):
            return True
        if not unit and self.norm(first - 1) == "by" and self.norm(first - 2) in CHANGED:
            return True
        joined = self.norm(end + 1) if self.norm(end) == "and" else ""
        return joined.isalpha() and joined not in STARTS and joined not in FATE and not joined.endswith(("ed", "ing"))

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
        near = next((at for at, word in enumerate(later[:3]) if word in _JOINING), 3)
        for word in (*later[:near], *earlier, *later[near:]):
            if word in FATE:
                return FATE[word]
        return ON_BOARD if aboard else _leaving(later) or self.toll(first)

    def toll(self, first: int) -> str:
        """The fate of "the toll of the blast in the mill has risen to 12", however far off the toll is."""
        if self.norm(first - 1) not in _REACHED:
            return ""
        words = self.up_to_a_number(range(first - 1, first - 16, -1))
        return FATE["toll"] if "toll" in words else ""

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
