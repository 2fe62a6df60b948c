"""Which quotation marks open and which close, and which brackets belong together.

Straight marks look the same on both sides, tokenised text puts spaces around them, and scraped text loses some. So the
marks of a paragraph are read together: the cheapest reading wins, and a stray mark costs one oddity instead of turning
every later mark around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.pipeline.sentence_words import SPEECH_VERBS

QUOTE = re.compile("[\"“”„‟«»]|``|''")
_SENTENCE_ENDS = ".!?"
_AFTER_A_QUOTATION = re.compile(
    rf"\s*(?:or|and|he|she|they|(?:[A-Z][\w.’'-]{{0,30}}\s+){{0,3}}(?:{SPEECH_VERBS}))\s(?!:)"
)
_UNEVEN = 3.0  # an opening mark inside a quotation, or a closing one outside
_LEFT_OPEN = 2.0  # a quotation that goes on in the next paragraph is ordinary
_PER_SENTENCE = 0.3  # quotations are short, what stands outside them need not be
_BRACKETS = {")": "(", "]": "["}
_LONGEST_ASIDE = 300
_NEAR = 8  # how far a mark looks for its neighbours across spaces


def quote_marks(line: str) -> dict[int, bool]:
    """The place of every double quotation mark in ``line``, and whether it opens a quotation."""
    marks = list(QUOTE.finditer(line))
    if not marks:
        return {}
    german = "„" in line
    # Viterbi over two states: after each mark we are outside (0) or inside (1) a quotation.
    best, choices, at = (0.0, _UNEVEN), [], 0
    for mark in marks:
        inside = best[1] + min(_UNEVEN, _PER_SENTENCE * _count_ends(line, at, mark.start()))
        open_cost, close_cost = _costs(line, mark, german)
        opening = (best[0], inside + _UNEVEN)
        closing = (best[0] + _UNEVEN, inside)
        from_inside = (closing[1] <= closing[0], opening[1] < opening[0])
        choices.append(from_inside)
        best = (min(closing) + close_cost, min(opening) + open_cost)
        at = mark.end()
    state = int(best[1] + _LEFT_OPEN < best[0])
    opens = {}
    for mark, from_inside in zip(reversed(marks), reversed(choices), strict=True):
        opens[mark.start()] = bool(state)
        state = int(from_inside[state])
    return opens


def _costs(line: str, mark: re.Match[str], german: bool) -> tuple[float, float]:
    """What it costs to read ``mark`` as opening and as closing, by its shape and its neighbours."""
    open_cost = close_cost = 0.0
    shape = mark.group()
    if shape in "„«" or shape == "``" or (shape == "“" and not german):
        close_cost += 2
    elif shape in "”»" or (shape == "“" and german):
        open_cost += 2
    left, right = line[max(0, mark.start() - _NEAR) : mark.start()], line[mark.end() : mark.end() + _NEAR]
    glued_left = bool(left) and not left[-1].isspace() and left[-1] not in "([{—–-"
    glued_right = bool(right) and not right[0].isspace() and right[0] not in ")]}—–-.,;:!?"
    if glued_left != glued_right:
        return (open_cost + 4, close_cost) if glued_left else (open_cost, close_cost + 4)
    left, right = left.rstrip(), right.lstrip()
    if not left or left[-1] in ":([{":
        close_cost += 2
    elif not right or right[0] in ",.;:!?)" or _AFTER_A_QUOTATION.match(line, mark.end()):
        open_cost += 2
    return open_cost, close_cost


def _count_ends(line: str, start: int, end: int) -> int:
    return sum(line.count(character, start, end) for character in _SENTENCE_ENDS)


def asides(line: str) -> Iterator[tuple[int, int]]:
    """The spans of short bracketed asides in mid-sentence, brackets included, in the order in which they end.

    A bracket without its partner, such as the stray ``[`` of a badly scraped page, encloses nothing.
    """
    open_at: list[int] = []
    for place in re.finditer(r"[()\[\]]", line):
        if place.group() in "([":
            open_at.append(place.start())
            continue
        while open_at and line[open_at[-1]] != _BRACKETS[place.group()]:
            open_at.pop()
        if open_at:
            start = open_at.pop()
            before = line[max(0, start - _NEAR) : start].rstrip()
            if before and before[-1] not in _SENTENCE_ENDS and place.end() - start <= _LONGEST_ASIDE:
                yield start, place.end()
