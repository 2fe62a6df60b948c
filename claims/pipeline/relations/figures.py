"""Bare figures: digits and number words with their scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from claims.pipeline.relations.amounts import Amount, precision
from claims.pipeline.relations.number_words import (
    ATTACHED_ONLY,
    DECIMAL_FOLLOWERS,
    FATE,
    FRACTIONS,
    GLUED_SUFFIXES,
    NOT_SHARES,
    ONES_OF,
    PEOPLE,
    PLAIN_FIGURE,
    SCALES,
    SMALL,
    TENS,
    TIME_UNITS,
    VAGUE,
    WHOLES,
)
from claims.pipeline.relations.tokens import Token, is_word, stem

#: "Quarter of a percentage point": so many words from a part to its point at most.
_LONGEST_PART = 4


class Reading(NamedTuple):
    """A bare figure: its amount and the token after it."""

    amount: Amount
    after: int


class Figures:
    """Reads the bare figures of a text at a token; what looks like one but counts nothing is passed over."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens

    def norm(self, at: int) -> str:
        return self.tokens[at].norm if 0 <= at < len(self.tokens) else ""

    def glued(self, at: int) -> bool:
        """Whether nothing stands between the token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

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

    def figure(self, at: int) -> Reading | None:
        return self.digits(at) if self.tokens[at].text[0].isdigit() else self.words(at)

    def digits(self, at: int) -> Reading | None:
        token = self.tokens[at]
        if not token.text.isascii() or not PLAIN_FIGURE.fullmatch(token.text) or len(token.text) > 20:
            return None
        before = self.text[max(0, token.start - 2) : token.start]
        is_magnitude = before[-1:] == "-" and self.norm(at - 2) == "magnitude"
        if (
            before
            and not is_magnitude
            and (before[-1].isalpha() or (before[-1] in "-–/:.,_" and len(before) == 2 and before[0].isalnum()))
        ):
            return None
        written, after = self.spaced_out(token.text, at)
        if self.norm(after)[:1].isdigit() or (self.glued(after) and not self.may_follow(after)):
            return None
        if self.norm(after) == ")" and self.norm(after + 1)[:1].isdigit():  # (555) 0100
            return None
        figure = written.replace(",", "")
        return self.scaled(float(figure), precision(figure, 1.0), after)

    def spaced_out(self, written: str, at: int) -> tuple[str, int]:
        """A figure that scraping tore apart: "120, 000", "5. 4 per cent", "6 .0"."""
        mark, rest = self.norm(at + 1), self.norm(at + 2)
        if mark == "," and rest == "000" and len(written) <= 3:
            return written + rest, at + 3
        follows = self.norm(at + 3) in DECIMAL_FOLLOWERS or "magnitude" in (self.norm(at - 1), self.norm(at - 2))
        if mark == "." and rest.isdigit() and len(rest) <= 2 and follows and written.isdigit() and self.glued(at + 1):
            return f"{written}.{rest}", at + 3
        if mark == "." and written.isdigit() and rest.isdigit() and not self.glued(at + 1) and self.glued(at + 2):
            return f"{written}.{rest}", at + 3
        return written, at + 1

    def may_follow(self, after: int) -> bool:
        """Whether what is glued to a figure leaves it a figure: "12m", "48-year-old", "10-12", "12%"."""
        token = self.tokens[after]
        if is_word(token):
            return token.norm in GLUED_SUFFIXES or token.text in ("C", "F")
        return not (token.text in "/:" and self.glued(after + 1) and self.norm(after + 1)[:1].isalnum())

    def words(self, at: int) -> Reading | None:
        word = self.norm(at)
        if word in VAGUE or word == "tens":
            return self.vague(at)
        if word in ("a", "half"):
            return self.one_of(at)
        if word == "one" and (stem(self.norm(at + 1)) not in PEOPLE and self.norm(at + 1) not in FATE):
            return None
        return self.spelled_out(at)

    def share(self, at: int) -> Reading | None:
        """A share of a whole in percent: "a third of", "two-thirds of", "half the", "one in five voters"."""
        if self.norm(at) == "half" and self.norm(at - 1) not in NOT_SHARES:
            whole = ("of", "the", "its", "their", "all")
            return self.part_of(1, 2, at + 1) if self.norm(at + 1) in whole and self.norm(at - 1) != "a" else None
        count = 1 if self.norm(at) == "a" else SMALL.get(self.norm(at), 0)
        if not count and self.norm(at) in WHOLES:
            count = int(self.norm(at)) if self.norm(at).isdigit() else 0
        word_at = at + 1 + (self.norm(at + 1) == "-")
        parts = FRACTIONS.get(self.norm(word_at), 0)
        if count and count < parts and self.norm(word_at + 1) == "of":
            return self.part_of(count, parts, word_at + 1)
        out_of = self.norm(at + 1) == "out" and self.norm(at + 2) == "of"
        whole_at = at + 3 if out_of else at + 2
        of = WHOLES.get(self.norm(whole_at), 0) if out_of or self.norm(at + 1) == "in" else 0
        follows = self.norm(whole_at + 1)
        if self.norm(at) != "a" and count and count < of and follows.endswith("s") and follows not in TIME_UNITS:
            return self.part_of(count, of, whole_at + 1)
        return None

    def part_of(self, count: int, parts: int, after: int) -> Reading | None:
        """The share; none of what is itself one measure, such as "half of an hour", "a quarter of 2019"."""
        if self.norm(after + (self.norm(after) == "of"))[:1].isdigit() or self.norm(after + 1) in ("a", "an"):
            return None
        share = round(100 * count / parts, 1)
        return Reading(Amount(share, share, 5.0), after)

    def part_of_a_point(self, at: int) -> Reading | None:
        """ "Half a percentage point", "a quarter of a point", "a quarter-point": a part of one point."""
        count, part_at = 1, at
        if self.norm(at) != "half":
            count = 1 if self.norm(at) == "a" else SMALL.get(self.norm(at), 0)
            part_at = at + 1 + (self.norm(at + 1) == "-")
        parts = FRACTIONS.get(self.norm(part_at), 0)
        after = part_at + 1
        while self.norm(after) in ("of", "a", "-", "percentage"):
            after += 1
        if not 0 < count < parts or self.norm(after) != "point" or after - part_at > _LONGEST_PART:
            return None
        share = round(count / parts, 3)
        return Reading(Amount(share, share, 0.001), after + 1)

    def spelled_out(self, at: int) -> Reading | None:
        """A number word with what follows it: "two dozen", "three and a half million"; no fraction."""
        value, after = self.spelled(at)
        if self.norm(after + (self.norm(after) == "-")) in FRACTIONS:
            return None
        if self.norm(after) == "dozen":
            return Reading(Amount(12 * value, 12 * value, 12.0), after + 1)
        if tuple(self.norm(after + i) for i in range(3)) == ("and", "a", "half"):
            return self.scaled(value + 0.5, 0.5, after + 3)
        return Reading(Amount(value, value, 1.0 if value < 100 else precision(f"{value:.0f}", 1.0)), after)

    def spelled(self, at: int) -> tuple[float, int]:
        """ "Twenty-five", "two hundred and fifty thousand": the value and the token after it."""
        total, group, after = 0.0, 0.0, at
        while (word := self.norm(after)) in SMALL or word in TENS or (word in SCALES and word not in ATTACHED_ONLY):
            if word in SCALES:
                group *= SCALES[word]
                if word != "hundred":
                    total, group = total + group, 0.0
            elif group % 100 and not (group % 10 == 0 and 0 < SMALL.get(word, 0) < 10):
                break  # "eleven twelve" is two numbers
            else:
                group += SMALL.get(word, 0) + TENS.get(word, 0)
            after += 1
            joiner = self.norm(after)
            follows = self.norm(after + 1)
            if (joiner == "-" and (follows in SMALL or follows in SCALES)) or (
                joiner == "and" and word in SCALES and (follows in SMALL or follows in TENS)
            ):
                after += 1
        return total + group, after

    def vague(self, at: int) -> Reading:
        low, high = VAGUE.get(self.norm(at), (20, 100))
        after = at + 1
        if self.norm(after) == "of" and self.norm(after + 1) in ("thousands", "millions", "billions"):
            scale = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}[self.norm(after + 1)]
            low, high = (20, 100) if self.norm(at) == "tens" else (200, 1000)
            low, high, after = low * scale, high * scale, after + 2
        return Reading(Amount(low, high, low, "vague"), after)

    def one_of(self, at: int) -> Reading | None:
        """ "A dozen", "a hundred", "half a million", "half a dozen", "a couple"."""
        factor, noun_at = 1.0, at + 1
        if self.norm(at) == "half":
            factor, noun_at = 0.5, at + 1 + (self.norm(at + 1) in ("a", "-"))
        noun = self.norm(noun_at)
        if noun not in ONES_OF or (noun == "couple" and self.norm(noun_at + 1) != "of"):
            return None
        if noun == "couple":
            return Reading(Amount(2, 3, 1.0, "vague"), noun_at + 1)
        value = factor * (12 if noun == "dozen" else SCALES[noun])
        return Reading(Amount(value, value, value if noun != "dozen" else 6.0, ""), noun_at + 1)

    def scaled(self, value: float, step: float, after: int) -> Reading:
        """The figure with the scale words after it: "1.2 billion", "12m", "3 lakh crore"."""
        while (word := self.norm(at := after + (self.norm(after) == "-"))) in SCALES:
            if word in ATTACHED_ONLY and not self.glued(after):
                break
            value, step, after = value * SCALES[word], step * SCALES[word], at + 1
        return Reading(Amount(value, value, step), after)

    def plain_digits(self, at: int) -> Reading | None:
        written = self.tokens[at].text
        if not written.isascii() or not PLAIN_FIGURE.fullmatch(written) or len(written) > 20:
            return None
        figure = written.replace(",", "")
        return self.scaled(float(figure), precision(figure, 1.0), at + 1)
