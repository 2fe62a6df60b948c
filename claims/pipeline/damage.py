"""Whether a text was damaged on its way here, by a bad scraper or a tokeniser put together again."""

from __future__ import annotations

import re

#: "the mayor , who": not the spaced dots of an ellipsis, and not French spacing, which comes before : ; ! ? only.
SPACE_BEFORE_STOP = re.compile(r"(?<=\w)[ \u00a0][,.](?=\s|$)(?! ?\.)")
GAP = re.compile(r"(?<=[^\W\d_]) {2,}(?=[^\W\d_A-Z])")  # between two words of one sentence
#: Only words that no correct sentence doubles ("had had" and "that that" are right).
DOUBLED = re.compile(r"\b(the|an?|of|and|or|with|from|by|at|as|der|und|les?|des?|du|et|el|los|del|il|di) \1\b", re.I)

#: Marks of damage in 1,000 characters, from which on a text is held to be damaged. A doubled word weighs more: correct
#: texts hold hardly any.
DAMAGED = 5.0
DOUBLED_WEIGHT = 3
FEWEST = 3  # marks; a slip or two is a typing error

NOTICE = (
    "this text looks damaged (spaces before commas, lost or doubled words); differences in its wording may come from "
    "that. Text problem? Fix it on its page."
)


def is_damaged(text: str) -> bool:
    spaces = len(SPACE_BEFORE_STOP.findall(text)) + len(GAP.findall(text))
    doubled = len(DOUBLED.findall(text))
    return spaces + doubled >= FEWEST and 1000 * (spaces + DOUBLED_WEIGHT * doubled) >= DAMAGED * len(text)
