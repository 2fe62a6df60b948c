"""How many: counts, sums, shares and measures, compared only where they count the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from claims.pipeline.relations import dates
from claims.pipeline.relations.amounts import Amount, Bound, precision
from claims.pipeline.relations.evidence import divergence
from claims.pipeline.relations.tokens import STOP_WORDS, Token, is_content, is_word, stem, tokenise
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

_SMALL = dict(zip(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split(), range(20), strict=True))  # fmt: skip
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
_ATTACHED_ONLY = frozenset({"k", "m", "b"})
#: "Dozens" and the like: from, to.
_VAGUE = {
    "several": (3, 12), "dozens": (24, 200), "scores": (40, 400), "hundreds": (200, 3e3), "thousands": (2e3, 3e4),
    "millions": (2e6, 1e9), "billions": (2e9, 1e12),
}  # fmt: skip
_CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB"}
_MONEY_WORDS = {
    "dollar": "USD", "dollars": "USD", "usd": "USD", "pound": "GBP", "pounds": "GBP", "euro": "EUR", "euros": "EUR",
    "yen": "JPY", "rupees": "INR", "roubles": "RUB", "rubles": "RUB", "yuan": "CNY", "rs": "INR",
}  # fmt: skip
_UNITS = {
    "km": "kilometer", "kilometers": "kilometer", "kilometer": "kilometer", "kms": "kilometer", "mile": "mile",
    "miles": "mile", "metres": "meter", "meters": "meter", "meter": "meter", "feet": "foot", "ft": "foot",
    "foot": "foot", "kg": "kilogram", "kilograms": "kilogram", "kilos": "kilogram", "tonnes": "tonne", "tons": "ton",
    "mph": "mph", "kph": "kph", "acres": "acre", "hectares": "hectare", "gallons": "gallon", "litres": "liter",
    "liters": "liter", "degrees": "degree", "°": "degree", "barrels": "barrel", "megawatts": "megawatt",
}  # fmt: skip
_TIME_UNITS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades".split()
)
_TIME_STEMS = frozenset(stem(w) for w in _TIME_UNITS)
_HEDGES: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("at", "least"), "at least"), (("no", "fewer", "than"), "at least"), (("no", "less", "than"), "at least"),
    (("not", "less", "than"), "at least"), (("a", "minimum", "of"), "at least"),
    (("more", "than"), "more than"), (("greater", "than"), "more than"), (("over",), "more than"),
    (("above",), "more than"), (("in", "excess", "of"), "more than"), (("exceeding",), "more than"),
    (("at", "most"), "at most"), (("no", "more", "than"), "at most"), (("a", "maximum", "of"), "at most"),
    (("less", "than"), "less than"), (("fewer", "than"), "less than"), (("under",), "less than"),
    (("below",), "less than"), (("up", "to"), "up to"), (("as", "many", "as"), "up to"), (("as", "much", "as"), "up to"),
    (("nearly",), "nearly"), (("almost",), "nearly"), (("close", "to"), "nearly"), (("just", "under"), "nearly"),
    (("about",), "about"), (("around",), "about"), (("roughly",), "about"), (("approximately",), "about"),
    (("some",), "about"), (("an", "estimated"), "about"), (("estimated",), "about"), (("circa",), "about"),
)  # fmt: skip
_HEDGE_BY_LAST: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
for _words, _bound in sorted(_HEDGES, key=lambda hedge: -len(hedge[0])):
    _HEDGE_BY_LAST.setdefault(_words[-1], []).append((_words, _bound))

#: What befell the people counted; numbers of different fates are never compared.
_FATES = {
    "killed": "kill kills killed killing dead death deaths die dies died dying fatality fatalities toll slain perished"
    " perish bodies lives slaughtered murdered",
    "injured": "injured injure injures injuring injury injuries wounded wounding wounds hurt hospitalized",
    "arrested": "arrested arrest arrests arresting detained detentions detain held custody",
    "missing": "missing unaccounted disappeared",
    "rescued": "rescued rescuing saved survivors survived evacuated displaced homeless",
}
_FATE = {word: fate for fate, words in _FATES.items() for word in words.split()}
#: Words for those whom a fate befalls, of whatever sort; any of them may be counted by a bare "12 dead".
_PEOPLE = frozenset(stem(w) for w in "people person persons individuals".split())
_HUMANS = _PEOPLE | frozenset(
    stem(w)
    for w in """civilians soldiers troops militants insurgents rebels fighters gunmen pirates officers police policemen
    workers miners students pupils children kids passengers tourists migrants refugees protesters demonstrators
    residents patients hostages worshippers villagers firefighters prisoners inmates suspects crew sailors
    marines americans""".split()
)
_SYNONYMS = {
    stem(word): stem(words.split()[0])
    for words in (
        "people persons person individuals folk", "police policemen officers cops", "soldiers troops servicemen",
        "kids children", "infections cases", "lawmakers legislators", "homes houses", "quake earthquake tremor",
        "boats vessels ships", "jobs posts positions", "militants insurgents rebels", "fighters gunmen",
    )
    for word in words.split()
}  # fmt: skip
_NOUN_SKIPS = frozenset("of the its his her their our these those - ’ '".split())
_DENIALS = frozenset("not none nor never neither".split())
_PART_OF = frozenset("other others more additional further extra new remaining".split())
_NOT_NOUNS = STOP_WORDS | {"percent", "-"}
_TO = frozenset({"to", "or", "and", "-", "–"})


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
        return f"{self.amount} {self.unit or self.noun_text}".strip()


class _Reading(NamedTuple):
    """A bare figure: its amount and the token after it."""

    amount: Amount
    after: int


_PLAIN_FIGURE = re.compile(r"(?:[1-9]\d*|0)(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_GLUED_SUFFIXES = frozenset(_SCALES) | frozenset(_UNITS) | {"pc"}
_DECIMAL_FOLLOWERS = frozenset({"%", "percent", "per", "million", "billion", "bn", "-", "magnitude", "pc"})
_DOLLARS = {"a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"}
_ONES_OF = frozenset({"dozen", "hundred", "thousand", "million", "billion", "couple"})
_FRACTIONS = frozenset({"thirds", "quarters", "fifths", "tenths", "third", "quarter", "halves"})
_STARTS = frozenset(_SMALL) | frozenset(_TENS) | frozenset(_VAGUE) | {"a", "half", "tens"}


def read(text: str, tokens: Sequence[Token], times: Sequence[dates.When] = ()) -> tuple[Number, ...]:
    """The numbers among ``tokens`` of ``text``, but for those that ``times`` are written with."""
    reader = _Reader(text, tokens)
    found: list[Number] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not (token.text[0].isdigit() or token.norm in _STARTS) or any(w.start <= token.start < w.end for w in times):
            at += 1
        else:
            number, at = reader.number(at)
            if number is not None:
                found.append(number)
    return tuple(found)


class _Reader:
    """Reads one number at a token; what looks like a number but counts nothing is passed over."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens

    def norm(self, at: int) -> str:
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def number(self, at: int) -> tuple[Number | None, int]:
        """The number that starts at a token, if one does, and the token to go on from."""
        figure = self.figure(at)
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
        elif self.looks_like_year(at, after, unit):
            return None, after
        amount, first = self.hedged(amount, at)
        return self.counted(amount, first, after, unit), after

    def past_figures(self, at: int) -> int:
        """Past everything joined to a figure that counts nothing: all of "0845 125 2222", "9/11", "1.2.3"."""
        at += 1
        while at < len(self.tokens):
            joined = self.glued(at) and self.tokens[at].text in "-–/:"
            if not (
                self.tokens[at].text[0].isdigit() or (joined and self.norm(at + 1)[:1].isdigit() and self.glued(at + 1))
            ):
                break
            at += 1
        return at

    # Figures

    def figure(self, at: int) -> _Reading | None:
        return self.digits(at) if self.tokens[at].text[0].isdigit() else self.words(at)

    def digits(self, at: int) -> _Reading | None:
        token = self.tokens[at]
        if not token.text.isascii() or not _PLAIN_FIGURE.fullmatch(token.text) or len(token.text) > 20:
            return None
        before = self.text[max(0, token.start - 2) : token.start]
        if before and (before[-1].isalpha() or (before[-1] in "-–/:.,_" and len(before) == 2 and before[0].isalnum())):
            return None
        written, after = self.spaced_out(token.text, at)
        if self.norm(after)[:1].isdigit() or (self.glued(after) and not self.may_follow(after)):
            return None
        figure = written.replace(",", "")
        return self.scaled(float(figure), precision(figure, 1.0), after)

    def spaced_out(self, written: str, at: int) -> tuple[str, int]:
        """A figure that scraping tore apart: "120, 000", "5. 4 per cent"."""
        mark, rest = self.norm(at + 1), self.norm(at + 2)
        if mark == "," and rest == "000" and len(written) <= 3:
            return written + rest, at + 3
        follows = self.norm(at + 3) in _DECIMAL_FOLLOWERS or "magnitude" in (self.norm(at - 1), self.norm(at - 2))
        if mark == "." and rest.isdigit() and len(rest) <= 2 and follows and written.isdigit() and self.glued(at + 1):
            return f"{written}.{rest}", at + 3
        return written, at + 1

    def may_follow(self, after: int) -> bool:
        """Whether what is glued to a figure leaves it a figure: "12m", "48-year-old", "10-12", "12%"."""
        token = self.tokens[after]
        if is_word(token):
            return token.norm in _GLUED_SUFFIXES
        return not (token.text in "/:" and self.glued(after + 1) and self.norm(after + 1)[:1].isalnum())

    def words(self, at: int) -> _Reading | None:
        word = self.norm(at)
        if word in _VAGUE or word == "tens":
            return self.vague(at)
        if word in ("a", "half"):
            return self.one_of(at)
        if word == "one" and (stem(self.norm(at + 1)) not in _PEOPLE and self.norm(at + 1) not in _FATE):
            return None
        value, after = self.spelled(at)
        if self.norm(after) in _FRACTIONS or (self.norm(after) == "-" and self.norm(after + 1) in _FRACTIONS):
            return None
        if self.norm(after) == "dozen":
            return _Reading(Amount(12 * value, 12 * value, 12.0), after + 1)
        if tuple(self.norm(after + i) for i in range(3)) == ("and", "a", "half"):
            return self.scaled(value + 0.5, 0.5, after + 3)
        return _Reading(Amount(value, value, 1.0 if value < 100 else precision(f"{value:.0f}", 1.0)), after)

    def spelled(self, at: int) -> tuple[float, int]:
        """ "Twenty-five", "two hundred and fifty thousand": the value and the token after it."""
        total, group, after = 0.0, 0.0, at
        while (word := self.norm(after)) in _SMALL or word in _TENS or (word in _SCALES and word not in _ATTACHED_ONLY):
            if word in _SCALES:
                group *= _SCALES[word]
                if word != "hundred":
                    total, group = total + group, 0.0
            elif group % 100 and not (group % 10 == 0 and 0 < _SMALL.get(word, 0) < 10):
                break  # "eleven twelve" is two numbers
            else:
                group += _SMALL.get(word, 0) + _TENS.get(word, 0)
            after += 1
            joiner = self.norm(after)
            follows = self.norm(after + 1)
            if (joiner == "-" and (follows in _SMALL or follows in _SCALES)) or (
                joiner == "and" and word in _SCALES and (follows in _SMALL or follows in _TENS)
            ):
                after += 1
        return total + group, after

    def vague(self, at: int) -> _Reading:
        low, high = _VAGUE.get(self.norm(at), (20, 100))
        after = at + 1
        if self.norm(after) == "of" and self.norm(after + 1) in ("thousands", "millions", "billions"):
            scale = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}[self.norm(after + 1)]
            low, high = (20, 100) if self.norm(at) == "tens" else (200, 1000)
            low, high, after = low * scale, high * scale, after + 2
        return _Reading(Amount(low, high, low, "vague"), after)

    def one_of(self, at: int) -> _Reading | None:
        """ "A dozen", "a hundred", "half a million", "half a dozen", "a couple"."""
        factor, noun_at = 1.0, at + 1
        if self.norm(at) == "half":
            factor, noun_at = 0.5, at + 1 + (self.norm(at + 1) in ("a", "-"))
        noun = self.norm(noun_at)
        if noun not in _ONES_OF or (noun == "couple" and self.norm(noun_at + 1) != "of"):
            return None
        if noun == "couple":
            return _Reading(Amount(2, 3, 1.0, "vague"), noun_at + 1)
        value = factor * (12 if noun == "dozen" else _SCALES[noun])
        return _Reading(Amount(value, value, value if noun != "dozen" else 6.0, ""), noun_at + 1)

    def scaled(self, value: float, step: float, after: int) -> _Reading:
        """The figure with the scale words after it: "1.2 billion", "12m", "3 lakh crore"."""
        while (word := self.norm(at := after + (self.norm(after) == "-"))) in _SCALES:
            if word in _ATTACHED_ONLY and not self.glued(after):
                break
            value, step, after = value * _SCALES[word], step * _SCALES[word], at + 1
        return _Reading(Amount(value, value, step), after)

    # What stands around a figure

    def unit(self, at: int, after: int) -> tuple[str, int]:
        """The unit and the token after it."""
        word, next_word = self.norm(after), self.norm(after + 1)
        if word == "-" and next_word in ("magnitude", "percent", "mile", "miles", "km", "foot", "meter", "kilometer"):
            after, word, next_word = after + 1, next_word, self.norm(after + 2)
        if word == "percentage" and next_word.startswith("point"):
            return "points", after + 2
        if word == "per" and next_word == "cent":
            return "%", after + 2
        if word in ("%", "percent", "pc"):
            return "%", after + 1
        if word in ("point", "points"):
            return "points", after + 1
        if word in _MONEY_WORDS:
            return _MONEY_WORDS[word], after + 1
        if word in _UNITS:
            return _UNITS[word], after + 1
        if self.is_age(at, after):
            return "age", after
        if word == "magnitude" or "magnitude" in (self.norm(at - 1), self.norm(at - 2)):
            return "magnitude", after + (word == "magnitude")
        return self.currency(at), after

    def currency(self, at: int) -> str:
        sign = _CURRENCIES.get(self.norm(at - 1), "")
        if sign == "USD" and self.glued(at - 1):
            return _DOLLARS.get(self.norm(at - 2), sign)
        return sign or (_MONEY_WORDS.get(self.norm(at - 1), "") if self.norm(at - 1) in ("rs", "usd") else "")

    def is_age(self, at: int, after: int) -> bool:
        words = [self.norm(after + i) for i in range(5) if self.norm(after + i) not in ("-", "–")]
        if words[:2] in (["year", "old"], ["years", "old"]) or self.norm(at - 1) == "aged":
            return True
        if self.norm(at - 1) == "age" or (self.norm(at - 2), self.norm(at - 1)) == ("age", "of"):
            return True
        apposed = self.norm(at - 1) == "," and self.norm(after) in (",", ".", ";", ")")
        return (
            apposed
            and after == at + 1
            and at >= 2
            and self.tokens[at - 2].text[:1].isupper()
            and self.norm(at).isdigit()
        )

    def range_end(self, at: int, after: int) -> _Reading | None:
        """The second figure of "10-12", "40 or 50", "between 40 and 80", "40 percent to 70 percent"."""
        word = self.norm(after)
        if word not in _TO or self.norm(at - 1) == "from":
            return None
        if word == "and" and self.norm(at - 1) != "between":
            return None
        in_money = self.norm(after + 1) in _CURRENCIES
        second = after + 1 + in_money
        if second >= len(self.tokens) or (in_money and not self.currency(at)):
            return None
        if (
            not self.tokens[second].text[0].isdigit()
            and self.norm(second) not in _SMALL
            and self.norm(second) not in _TENS
        ):
            return None
        if not self.tokens[second].text[0].isdigit():
            return self.words(second)
        if (
            self.glued(after)
            and min(len(self.norm(at)), len(self.norm(second))) > 2
            and len(self.norm(at)) != len(self.norm(second))
        ):
            return None  # 555-1234
        return self.plain_digits(second)

    def plain_digits(self, at: int) -> _Reading | None:
        written = self.tokens[at].text
        if not written.isascii() or not _PLAIN_FIGURE.fullmatch(written) or len(written) > 20:
            return None
        figure = written.replace(",", "")
        return self.scaled(float(figure), precision(figure, 1.0), at + 1)

    def looks_like_year(self, at: int, after: int, unit: str) -> bool:
        text = self.tokens[at].text
        if unit or after != at + 1 or len(text) != 4 or not text.isdigit() or not "1700" <= text <= "2100":
            return False
        return stem(self.norm(after)) not in _PEOPLE and self.norm(after) not in _FATE

    def hedged(self, amount: Amount, at: int) -> tuple[Amount, int]:
        """The amount with "at least", "about" and the like, and the token from which it is written."""
        first = at
        if self.norm(first - 1) in _CURRENCIES:
            first -= 1
            if self.glued(first) and self.norm(first - 1) in ("us", *_DOLLARS):
                first -= 1
        for words, bound in _HEDGE_BY_LAST.get(self.norm(first - 1), ()):
            start = first - len(words)
            if start >= 0 and tuple(self.norm(start + i) for i in range(len(words))) == words:
                return (replace(amount, bound=bound) if amount.bound in ("", "range") else amount), start
        return amount, first

    def counted(self, amount: Amount, first: int, after: int, unit: str) -> Number:
        nouns, end = self.nouns(after)
        stems = tuple(_head(stem(t.norm)) for t in nouns)
        start_at, end_at = self.tokens[first].start, self.tokens[after - 1].end
        return Number(
            start_at, end_at, self.text[start_at:end_at], first, after, amount, unit,
            stems, " ".join(t.text for t in nouns), self.fate(first, after, stems),
            self.is_partial(first, after, end),
        )  # fmt: skip

    def is_partial(self, first: int, after: int, end: int) -> bool:
        if self.norm(after) in _PART_OF or self.norm(first - 1) == "another" or self.is_denied(first):
            return True
        if self.norm(first - 1) == "of" and self.norm(first - 2) in ("mother", "father"):
            return True
        joined = self.norm(end + 1) if self.norm(end) == "and" else ""
        return joined.isalpha() and joined not in _SMALL and joined not in _FATE and not joined.endswith(("ed", "ing"))

    def nouns(self, after: int) -> tuple[list[Token], int]:
        """What is counted: the words after the figure, as far as they run on without a verb or a function word."""
        nouns: list[Token] = []
        while after < len(self.tokens) and len(nouns) < 4:
            token = self.tokens[after]
            designation = token.text[0].isdigit() and self.norm(after - 1) == "-" and bool(nouns)  # COVID-19 cases
            if designation or (token.norm in _NOUN_SKIPS and (not nouns or token.norm in "-’'")):
                after += 1
                continue
            verb = bool(nouns) and (token.norm in _FATE or token.norm.endswith(("ed", "ing")))
            if not is_word(token) or token.norm in _NOT_NOUNS or verb or token.norm in _SMALL:
                break
            nouns.append(token)
            after += 1
            if token.norm in _TIME_UNITS:
                break
        return nouns, after

    def is_denied(self, first: int) -> bool:
        """Whether the number stands under a denial: "none of them for more than eight years"."""
        for at in range(first - 1, max(-1, first - 12), -1):
            if self.norm(at) in (",", ";", ".", "but"):
                return False
            if self.norm(at) in _DENIALS or self.norm(at).endswith("n't"):
                return True
        return False

    def fate(self, first: int, after: int, nouns: tuple[str, ...]) -> str:
        """The fate told nearest to a number of people: just after it, just before it, or a few words on."""
        if self.norm(after) in _FATE:
            return _FATE[self.norm(after)]
        if nouns and nouns[-1] not in _HUMANS:
            return ""
        later = [self.norm(i) for i in range(after, min(after + 6, len(self.tokens)))]
        for i, word in enumerate(later):
            if word in (";", ".") or word[:1].isdigit() or word in _SMALL:
                later = later[:i]
                break
        earlier = [self.norm(i) for i in range(max(0, first - 3), first)][::-1]
        for word in (*later[:3], *earlier, *later[3:]):
            if word in _FATE:
                return _FATE[word]
        return ""


def _head(word: str) -> str:
    return _SYNONYMS.get(word, word)


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """The numbers that count the same thing on both sides and cannot both be true."""
    return [
        divergence("number", rule, _tell(a.outlet, mine, b.outlet, theirs), (mine, mine.value), (theirs, theirs.value))
        for mine, theirs, rule in _differing(a.numbers, a.tokens, b.numbers, b.tokens)
    ]


def differ(a: str, b: str) -> tuple[bool, list[dict[str, str]]]:
    """Whether two bare sentences give different numbers for one thing, and the differing words and values.

    A pair of evidence: ``{"a": "12 people", "b": "14", "a_value": "12 people", "b_value": "14", "rule": "number.count"}``.
    """
    a_tokens, b_tokens = tokenise(a), tokenise(b)
    pairs = _differing(_read_bare(a, a_tokens), a_tokens, _read_bare(b, b_tokens), b_tokens)
    evidence = [
        {"a": x.text, "b": y.text, "a_value": x.value, "b_value": y.value, "rule": rule} for x, y, rule in pairs
    ]
    return bool(evidence), evidence


def _read_bare(text: str, tokens: Sequence[Token]) -> tuple[Number, ...]:
    return read(text, tokens, dates.read(text))


Differing = tuple[Number, Number, str]


def _differing(
    a: Sequence[Number], a_tokens: Sequence[Token], b: Sequence[Number], b_tokens: Sequence[Token]
) -> list[Differing]:
    """The pairs of numbers of one thing that disagree, where no other number of either side explains them."""
    if not a or not b:
        return []
    mine = [x for x in a if not _settled(x, b)]
    theirs = [y for y in b if not _settled(y, a)]
    pairs = [(x, y, _rule(x, y, rule)) for x in mine for y in theirs if (rule := _same_thing(x, a_tokens, y, b_tokens))]
    return [
        pair
        for pair in pairs
        if sum(pair[0] is x for x, _, _ in pairs) == 1 and sum(pair[1] is y for _, y, _ in pairs) == 1
    ]


def _rule(x: Number, y: Number, rule: str) -> str:
    return "number.limit" if x.amount.is_limit or y.amount.is_limit else rule


def _settled(x: Number, others: Sequence[Number]) -> bool:
    """Whether the other side gives the figure of ``x``, whatever it is said of, at once or as a sum of two."""
    same = [y.amount for y in others if x.unit == y.unit and not _fates_clash(x, y) and not _vaguely_other(x, y)]
    sums = (Amount(y.low + z.low, y.high + z.high, max(y.step, z.step)) for y, z in zip(same, same[1:], strict=False))
    return any(x.amount.agrees(y) for y in (*same, *sums))


def _vaguely_other(x: Number, y: Number) -> bool:
    """Whether ``y`` is but a vague number ("hundreds of shops") of something else."""
    return y.amount.bound == "vague" and bool(x.nouns and y.nouns) and not _share_head(x, y)


def _fates_clash(x: Number, y: Number) -> bool:
    return bool(x.fate and y.fate and x.fate != y.fate)


def _same_thing(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> str:
    """The rule by which two numbers are about the same thing; empty when none says so."""
    if x.unit != y.unit or x.partial or y.partial or _fates_clash(x, y):
        return ""
    if x.unit == "age":
        return "number.age" if _names_around(x, a) & _names_around(y, b) else ""
    shared = len(_context(x, a) & _context(y, b))
    if x.unit:
        return "number.measure" if shared >= 2 or x.unit == "magnitude" else ""
    head = x.nouns[-1] if _share_head(x, y) else ""
    if x.fate and x.fate == y.fate and (head or any(not n.nouns or n.nouns[-1] in _PEOPLE for n in (x, y))):
        return "number.people"
    if head and head not in _PEOPLE and x.fate == y.fate and (head not in _TIME_STEMS or shared >= 2):
        return "number.count"
    return "number.slot" if _same_slot(x, a, y, b) else ""


def _share_head(x: Number, y: Number) -> bool:
    return bool(x.nouns and y.nouns) and (x.nouns[-1] in y.nouns or y.nouns[-1] in x.nouns)


def _names_around(x: Number, tokens: Sequence[Token]) -> frozenset[str]:
    around = tokens[max(0, x.first - 4) : x.last + 8]
    return frozenset(t.norm for t in around if t.text[0].isupper() and is_content(t))


def _context(x: Number, tokens: Sequence[Token]) -> frozenset[str]:
    around = (*tokens[max(0, x.first - 7) : x.first], *tokens[x.last : x.last + 7])
    return frozenset(stem(t.norm) for t in around if is_content(t))


def _same_slot(x: Number, a: Sequence[Token], y: Number, b: Sequence[Token]) -> bool:
    """Whether the same words stand directly before and after both numbers."""
    before = x.first > 0 and y.first > 0 and a[x.first - 1].norm == b[y.first - 1].norm
    after = x.last < len(a) and y.last < len(b) and a[x.last].norm == b[y.last].norm
    return before and after and (is_content(a[x.first - 1]) or is_content(a[x.last]))


def _tell(a_outlet: str, mine: Number, b_outlet: str, theirs: Number) -> str:
    return f"{a_outlet} says {_wording(mine)}; {b_outlet} says {_wording(theirs)}."


def _wording(number: Number) -> str:
    return f"“{number.text}”" + (f" ({number.noun_text})" if number.noun_text else "")
