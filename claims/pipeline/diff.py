"""How one wording becomes another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Literal, cast

from rapidfuzz.distance import Indel

Operation = Literal["equal", "delete", "insert", "replace"]

#: A word with its inner points, marks and hyphens ("2,400", "council's"), or one other sign; white space is left out.
_TOKEN = re.compile(r"\w+(?:[.,:'’\-]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` stood in the first wording, ``after`` stands in the second, each with the white space that follows."""

    operation: Operation
    before: str
    after: str


def diff_words(before: str, after: str, *, is_exact: bool = False) -> list[Change]:
    """The changes from one text to the other, in order: their ``before`` make up the one text, ``after`` the other.

    A deletion beside an insertion is one replacement. Words are compared without regard to case and form of apostrophe,
    unless ``is_exact``.
    """
    left, right = (list(_TOKEN.finditer(text)) for text in (before, after))
    key = itemgetter(0) if is_exact else _key
    operations = Indel.opcodes([key(t) for t in left], [key(t) for t in right])
    spans = ((op.tag, (op.src_start, op.src_end), (op.dest_start, op.dest_end)) for op in operations)
    return [
        Change(operation, _slice(before, left, *i), _slice(after, right, *j))
        for operation, i, j in _replacements(spans)
    ]


def similarity(changes: list[Change]) -> float:
    """The share of both wordings' letters that stand in words which both have, from 0 to 1."""
    same = sum(len(c.after) + len(c.before) for c in changes if c.operation == "equal")
    return same / (sum(len(c.after) + len(c.before) for c in changes) or 1)


def _key(token: re.Match[str]) -> str:
    return token[0].lower().replace("’", "'")


def _slice(text: str, tokens: list[re.Match[str]], first: int, last: int) -> str:
    """The text of ``tokens[first:last]`` and of what surrounds them, up to the next token."""
    if first == last:
        return ""
    start = tokens[first].start() if first else 0
    return text[start : tokens[last].start() if last < len(tokens) else len(text)]


_Span = tuple[int, int]


def _replacements(operations: Iterable[tuple[str, _Span, _Span]]) -> Iterator[tuple[Operation, _Span, _Span]]:
    """The operations with neighbouring deletions and insertions, in either order, made one replacement."""
    held: tuple[Operation, _Span, _Span] | None = None
    for tag, i, j in operations:
        operation = cast(Operation, tag)
        if held and operation != "equal" and held[0] != "equal":
            held = ("replace", (held[1][0], i[1]), (held[2][0], j[1]))
            continue
        if held:
            yield held
        held = (operation, i, j)
    if held:
        yield held
