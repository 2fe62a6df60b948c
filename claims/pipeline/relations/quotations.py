"""What was said, word for word: one utterance that the outlets quote in different words, or cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claims.pipeline.relations.damage import is_damaged
from claims.pipeline.relations.evidence import divergence
from claims.pipeline.relations.number_words import SMALL, TENS
from claims.pipeline.relations.tokens import Block, Token, align, is_content
from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts

_LONGEST = 3000
_MIN_WORDS = 4
#: An utterance is the same when at least this many words agree, and this share of the shorter quotation.
_SAME_WORDS, _SAME_SHARE = 5, 0.6
#: So many of them stand in one run: words that merely recur do not.
_SHORTEST_RUN = 3
#: It is also the same when many words agree in one dense stretch, though each side quotes more around it.
_MANY_WORDS, _DENSE = 7, 0.7
#: Evidence shows all changes together where they lie within so many words of each other.
_LONGEST_SPAN = 25
#: An utterance that ends or begins otherwise does so in so few words; more are another stretch of what was said.
_LONGEST_END = 6
#: So many words of content in the place of others are no accident of scraping.
_PROOF = 2
_MARK = re.compile(r"[\"“”„«»]|''|``|(?<![^\s(\[“\"])['‘](?=\w)|(?<=[.,!?…])['’](?!\w)|(?<=\w)’(?!\w)")
#: The words of another inside a quotation: ‘we are safe’, 'we are safe'; an apostrophe has a letter behind it.
_INNER = re.compile(r"‘((?:[^‘’]|’(?=\w))+)’|(?<!\w)'((?:[^']|'(?=\w))+)'(?!\w)")
_ALWAYS_OPENS, _ALWAYS_CLOSES = frozenset({"“", "„", "«", "``", "‘"}), frozenset({"”", "»", "''", "’"})
#: "… commitments . NATO " Before …": the end of an utterance and a stray word before a mark that can only open.
_LOST_CLOSE = re.compile(r"[.!?]\s+\w+ $")
_CONTRACTIONS = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "ain't": "is not",
    "let's": "let us", "gonna": "going to", "wanna": "want to", "it's": "it is", "he's": "he is", "she's": "she is",
    "that's": "that is", "there's": "there is", "here's": "here is", "what's": "what is", "who's": "who is",
}  # fmt: skip
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would", "'s": ""}
_SHORT = {
    "pres": "president", "gov": "governor", "sen": "senator", "rep": "representative", "dr": "doctor", "mr": "mister",
    "gen": "general", "sec": "secretary", "dept": "department", "govt": "government",
}  # fmt: skip
_NUMERALS = {str(value): word for word, value in (SMALL | TENS).items()}
_DANGLING = frozenset(
    """a an the of to and or but that in on at for with from by our your their his her its my is are was were be has
    have will would should can could if because as than""".split()
)
_FILLERS = frozenset({"well", "um", "uh", "er", "ah", "oh", "so", "and", "but"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """The words between quotation marks, in article offsets; ``closed`` when its closing mark was found."""

    start: int
    end: int
    text: str
    closed: bool = True


class Word(NamedTuple):
    """A word as it was said ("it's" gives "it"), and whether it stands in an editor's brackets."""

    norm: str
    token: Token
    bracketed: bool


def read(text: str) -> tuple[Quotation, ...]:
    """The quotations of ``text``; one that is not closed ends with its paragraph."""
    found: list[Quotation] = []
    at = 0
    for paragraph in text.split("\n"):
        found.extend(_read_paragraph(text, at, at + len(paragraph)))
        at += len(paragraph) + 1
    return tuple(found)


def clipped(found: Sequence[Quotation], start: int, end: int) -> tuple[Quotation, ...]:
    """The parts of an article's quotations that stand in ``start..end``: one may run over several sentences."""
    parts = []
    for q in found:
        first, last = max(q.start, start), min(q.end, end)
        if first < last:
            parts.append(Quotation(first, last, q.text[first - q.start : last - q.start], q.closed and last == q.end))
    return tuple(parts)


def stretches(text: str, spans: Sequence[Quotation], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """``text[start:end]`` in pieces, each with whether it lies in ``spans``: else it interrupts a quotation."""
    at = start
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        if at < span.start:
            yield text[at : span.start], False
        yield text[max(start, span.start) : min(end, span.end)], True
        at = min(end, span.end)
    if at < end:
        yield text[at:end], False


def _read_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, start, end):
        lost = _LOST_CLOSE.search(text, opened.end(), mark.start()) if opened and mark.group() == '"' else None
        if mark.group() == "’" and text[mark.start() - 1].isalnum() and not _closes(text, mark, opened, end):
            continue
        if opened is not None and lost and text[mark.end() : mark.end() + 2].strip().isupper():
            yield from _quotation(text, opened.end(), lost.start() + 1, False)
            opened = mark
        elif opened is None:
            if _opens(text, mark, start, end):
                opened = mark
        elif _single(mark) == _single(opened) and mark.group() not in _ALWAYS_OPENS:
            yield from _quotation(text, opened.end(), mark.start(), True)
            opened = None
        elif mark.group() in _ALWAYS_OPENS and not _single(mark):
            opened = mark
    if opened is not None and not _single(opened):
        yield from _quotation(text, opened.end(), end, False)


def _closes(text: str, mark: re.Match[str], opened: re.Match[str] | None, end: int) -> bool:
    """Whether "’" behind a letter closes what "‘" opened: after an s it is a possessive if another may close later."""
    if opened is None or opened.group() != "‘":
        return False
    another = any(m.group() == "’" for m in _MARK.finditer(text, mark.end(), end))
    return text[mark.start() - 1] != "s" or not another


def _single(mark: re.Match[str]) -> bool:
    return mark.group() in ("'", "‘", "’")


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark can open a quotation. A straight one that clings to the word before it cannot."""
    if mark.group() in _ALWAYS_CLOSES:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return mark.group() in _ALWAYS_OPENS or before.isspace() or before in "([-—–" or not after.isspace()


def _quotation(text: str, start: int, end: int, closed: bool) -> Iterator[Quotation]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end <= start + _LONGEST:
        yield Quotation(start, end, text[start:end], closed)


def inner(quotation: Quotation) -> tuple[Quotation, ...]:
    """The quotations within a quotation: what the speaker says that others said."""
    at = quotation.start
    spans = [m.span(m.lastindex or 0) for m in _INNER.finditer(quotation.text)]
    spans += [(q.start, q.end) for q in read(quotation.text) if q.closed and quotation.text[q.start - 1] in '“"«']
    return tuple(Quotation(at + start, at + end, quotation.text[start:end]) for start, end in sorted(spans))


def compare(a: Facts, b: Facts) -> list[Divergence]:
    """Where one utterance is quoted in other words, with words left out, or broken off."""
    if not (a.quotations and b.quotations):
        return []
    found: list[Divergence] = []
    others = [_Side(b, quotation) for quotation in b.quotations]
    for mine in (_Side(a, quotation) for quotation in a.quotations):
        for theirs in others:
            if blocks := match(mine.words, theirs.words):
                found.extend(_altered(mine, theirs, blocks))
                found.extend(_cut(mine, theirs, blocks))
    return found


def same_utterance(a: Facts, mine: Quotation, b: Facts, theirs: Quotation) -> bool:
    """Whether two quotations give one utterance, altered or not."""
    return bool(match(_Side(a, mine).words, _Side(b, theirs).words))


class _Side:
    """One outlet's quotation and its words."""

    def __init__(self, facts: Facts, quotation: Quotation) -> None:
        self.facts, self.quotation = facts, quotation
        self.words = list(spoken(facts.tokens, quotation))

    def span(self, first: int, last: int) -> Quotation:
        """The text from one word up to another, as far as the quotation has them."""
        first, last = max(0, first), min(len(self.words), last)
        start, end = self.words[first].token.start, self.words[last - 1].token.end
        return Quotation(start, end, self.facts.article.text[start:end])

    def lacks(self, first: int, last: int) -> bool:
        """Whether nothing but an ellipsis stands between two words."""
        return all(word.norm == "…" for word in self.words[first:last])

    def runs_on(self, at: int) -> bool:
        """Whether nothing but spaces stands between a word and the one before it: no new sentence, no gap."""
        between = self.facts.article.text[self.words[at - 1].token.end : self.words[at].token.start]
        return between.isspace()

    def is_damaged(self) -> bool:
        return is_damaged(self.facts.sentence.text)

    def dangles(self) -> bool:
        """Whether the quotation closes on a word that wants another: "by NATO’s", "that we"."""
        text = self.quotation.text
        return (
            self.quotation.closed
            and (text.endswith(("'s", "’s")) or self.words[-1].norm in _DANGLING)
            and text[-1].isalpha()
        )


def spoken(tokens: Sequence[Token], quotation: Quotation) -> Iterator[Word]:
    """The words of a quotation as they were said, with "…" where it leaves some out."""
    bracketed = False
    for i, token in enumerate(tokens):
        if token.end <= quotation.start or token.start >= quotation.end:
            continue
        bracketed = token.text == "[" or (bracketed and token.text != "]")
        if token.norm == "s" and i and tokens[i - 1].text in "’'":
            continue  # a possessive torn off its word
        if token.text[0].isalnum():
            yield from (Word(norm, token, bracketed) for norm in _said(token))
        elif token.text == "%":
            yield Word("percent", token, bracketed)
        elif token.text == "…" or (token.text == "." and i and tokens[i - 1].text == "."):
            yield Word("…", token, bracketed)


def _said(token: Token) -> list[str]:
    """The words that a token stands for: "don't" is "do not", "3" is "three"."""
    word = token.text.lower().replace("’", "'").replace("‘", "'")
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [word.removesuffix(ending), full] if full else [token.norm]
    return [_SHORT.get(token.norm) or _NUMERALS.get(token.norm, token.norm)]


def match(a: Sequence[Word], b: Sequence[Word]) -> list[Block]:
    """The aligned blocks of two quotations of one utterance; none when they are two utterances."""
    if min(len(a), len(b)) < _MIN_WORDS or len({w.norm for w in a} & {w.norm for w in b}) < _MIN_WORDS:
        return []
    blocks = align([w.norm for w in a], [w.norm for w in b])
    runs = [block.a_end - block.a_start for block in blocks if block.equal]
    same = sum(runs)
    if max(runs) < _SHORTEST_RUN:
        return []
    if same >= _SAME_WORDS and same >= _SAME_SHARE * min(len(a), len(b)):
        return blocks
    common = _common(blocks)
    same = sum(block.a_end - block.a_start for block in common if block.equal)
    return blocks if same >= _MANY_WORDS and same >= _DENSE * _length(common) else []


def _common(blocks: Sequence[Block]) -> list[Block]:
    """The blocks from the first to the last run of two words that agree: quoting less is not quoting otherwise."""
    runs = [i for i, block in enumerate(blocks) if block.equal and block.a_end - block.a_start >= 2]
    return list(blocks[runs[0] : runs[-1] + 1]) if runs else []


def _told_by_both(side_a: _Side, side_b: _Side, blocks: Sequence[Block]) -> list[Block]:
    """The blocks that agree, with a few other words at either end where both sides carry one sentence on in them."""
    common = _common(blocks)
    if not common:
        return []
    first, last = blocks.index(common[0]), blocks.index(common[-1])
    before, after = blocks[max(0, first - 1) : first], blocks[last + 1 : last + 2]
    opening = [b for b in before if _short(b) and side_a.runs_on(b.a_end) and side_b.runs_on(b.b_end)]
    closing = [b for b in after if _short(b) and side_a.runs_on(b.a_start) and side_b.runs_on(b.b_start)]
    both_closed = side_a.quotation.closed and side_b.quotation.closed  # else words are missing, not changed
    return [*opening, *common, *(closing if both_closed else ())]


def _short(block: Block) -> bool:
    return not block.equal and all(
        0 < length <= _LONGEST_END for length in (block.a_end - block.a_start, block.b_end - block.b_start)
    )


def _length(blocks: Sequence[Block]) -> int:
    """How many words some blocks take on the side where they take more."""
    return max(blocks[-1].a_end - blocks[0].a_start, blocks[-1].b_end - blocks[0].b_start) if blocks else 0


def _altered(side_a: _Side, side_b: _Side, blocks: Sequence[Block]) -> Iterator[Divergence]:
    """One divergence for all the words that differ within what both sides quote."""
    changed = [
        block
        for block in _told_by_both(side_a, side_b, blocks)
        if not block.equal
        and matters(side_a.words[block.a_start : block.a_end], side_b.words[block.b_start : block.b_end])
    ]
    if not changed:
        return
    last = changed[-1] if changed[-1].a_end - changed[0].a_start <= _LONGEST_SPAN else changed[0]
    mine = side_a.span(changed[0].a_start - 1, last.a_end + 1)
    theirs = side_b.span(changed[0].b_start - 1, last.b_end + 1)
    shortened = any(word.norm == "…" for side in (side_a, side_b) for word in side.words)
    omitted = all(side_a.lacks(b.a_start, b.a_end) or side_b.lacks(b.b_start, b.b_end) for b in changed)
    rule = "quote.shortened" if shortened and omitted else "quote.altered"
    damaged = next((side for side in (side_a, side_b) if side.is_damaged()), None)
    if rule == "quote.altered" and damaged and _replaced(side_a, side_b, changed) < _PROOF:
        rule = "quote.damaged"
    explanation = (
        f"{side_a.facts.outlet} quotes “{_plain(mine)}”; {side_b.facts.outlet} quotes “{_plain(theirs)}”: words are "
        f"{'left out' if rule == 'quote.shortened' else 'changed'} within the same utterance"
    )
    if damaged:
        explanation += f", but the text of {damaged.facts.outlet} looks damaged"
    yield divergence("quote", rule, explanation, (mine, mine.text), (theirs, theirs.text))


def _replaced(side_a: _Side, side_b: _Side, changed: Sequence[Block]) -> int:
    """How many words of content stand in the place of other words of content."""
    return sum(
        min(_contents(side_a.words[b.a_start : b.a_end]), _contents(side_b.words[b.b_start : b.b_end])) for b in changed
    )


def _contents(words: Sequence[Word]) -> int:
    return len({word.token.start for word in words if is_content(word.token)})


def _cut(side_a: _Side, side_b: _Side, blocks: Sequence[Block]) -> Iterator[Divergence]:
    """A quotation broken off in the middle of a phrase ("by NATO’s") that the other side carries on."""
    last = blocks[-1]
    if last.equal or not (last.a_end == last.a_start or last.b_end == last.b_start):
        return
    a_is_short = last.a_end == last.a_start
    short = side_a if a_is_short else side_b
    if not short.dangles():
        return
    mine = side_a.span(last.a_start - 3, min(last.a_end, last.a_start + 4))
    theirs = side_b.span(last.b_start - 3, min(last.b_end, last.b_start + 4))
    brief, full = (mine, theirs) if a_is_short else (theirs, mine)
    explanation = f"{short.facts.outlet} breaks the quotation off at “{_plain(brief)}”; {{}} goes on: “{_plain(full)}”"
    other = side_b if a_is_short else side_a
    yield divergence(
        "quote", "quote.cut", explanation.format(other.facts.outlet), (mine, mine.text), (theirs, theirs.text)
    )


def _plain(quotation: Quotation) -> str:
    """The quotation within a sentence for a reader, where scraping left holes."""
    return " ".join(quotation.text.split())


def matters(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether other words stand in the place of some: not just another spelling, a filler or an editor's brackets."""
    if any(w.bracketed for w in (*left, *right)):
        return False
    spelt = ["".join(w.norm for w in side if w.norm != "…" and w.norm not in _FILLERS) for side in (left, right)]
    return spelt[0] != spelt[1]
