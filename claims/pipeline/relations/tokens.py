"""Words with their places: what every reader of facts starts from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel

# A figure with its separators, a word with its apostrophes, or one mark.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’‘][^\W\d_]+)*|[^\w\s]|_")
_ABBREVIATION = frozenset({"mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "sgt", "col", "capt", "st", "jr"})

#: Words that carry no content of their own. Auxiliaries, "said" and hedges included: wording differs there freely.
STOP_WORDS = frozenset(
    """a an the this that these those and or but nor if then than as at by for from in into of off on onto out over
    per to up with within without about above after against along among around before behind below between beyond
    during since through toward towards under until upon via is are was were be been being am has have had having do
    does did doing will would shall should can could may might must it its he him his she her hers they them their
    theirs we us our you your i me my who whom whose which what when where why how there here also just only very so
    too not no some any all both each more most other such own same said says say saying told tells according mr mrs
    ms dr s t one""".split()
)

#: British and American spellings, and contractions, that say the same.
_SPELLINGS = {
    "defence": "defense", "offence": "offense", "centre": "center", "theatre": "theater", "metre": "meter",
    "kilometre": "kilometer", "litre": "liter", "programme": "program", "cheque": "check", "tyre": "tire",
    "grey": "gray", "plough": "plow", "sceptical": "skeptical", "licence": "license", "practise": "practice",
    "travelled": "traveled", "cancelled": "canceled", "travelling": "traveling", "cancelling": "canceling",
    "jewellery": "jewelry", "manoeuvre": "maneuver", "aluminium": "aluminum", "mum": "mom", "adviser": "advisor",
    "advisers": "advisors", "organisation": "organization", "toward": "towards", "okay": "ok", "judgement": "judgment",
}  # fmt: skip
_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|ing|ation|ations|er|ers)$")
_OUR = re.compile(r"(?<=[a-z]{2})our(s|ed|ing|able|ite|ites|hood|hoods|er|ers)?$")
_OUR_IN_BOTH = frozenset(
    "four hour hours tour tours pour pours sour your yours our ours flour scour detour contour".split()
)
_ISE_IN_BOTH = frozenset("""promise promised promises rise rises raise raised raises arise wise advise advised exercise
    exercised otherwise likewise surprise surprised praise praised precise noise poise expertise franchise comprise
    comprised compromise compromised disguise supervise supervised revise revised televise devised devise despise
    cruise cruiser bruise bruised enterprise paradise merchandise raising rising surprising promising advising
    exercising comprising adviser advisers supervising revising""".split())  # fmt: skip


class Token(NamedTuple):
    """A word, a figure or a mark; ``start`` and ``end`` count from the start of the tokenised text."""

    start: int
    end: int
    text: str
    norm: str


def tokenise(text: str) -> tuple[Token, ...]:
    """The words, figures and marks of ``text``, in order."""
    return tuple(Token(m.start(), m.end(), m.group(), normal(m.group())) for m in _TOKEN.finditer(text))


@lru_cache(maxsize=32768)
def normal(word: str) -> str:
    """``word`` in lower case and American spelling, without accents and possessive: "defense" for "Defence’s"."""
    word = word.lower().replace("’", "'").replace("‘", "'")
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if word.endswith("'s"):
        word = word[:-2]
    word = _SPELLINGS.get(word, word)
    if word not in _ISE_IN_BOTH:
        word = _ISE.sub(r"iz\1", word)
    return word if word in _OUR_IN_BOTH else _OUR.sub(r"or\1", word)


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """A rough stem of a normal word, so that "strikes", "striking" and "strike" meet."""
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, replacement in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)] + replacement
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def is_word(token: Token) -> bool:
    return token.text[0].isalpha()


def is_content(token: Token) -> bool:
    """Whether the token is a word that says what a sentence is about."""
    return token.text[0].isalpha() and token.norm not in STOP_WORDS


def content_stems(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(stem(t.norm) for t in tokens if is_content(t))


def overlap(a: Sequence[Token], b: Sequence[Token]) -> float:
    """The share of the shorter text's content words that the other has too, 0 to 1."""
    mine, theirs = content_stems(a), content_stems(b)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


class Block(NamedTuple):
    """``a[a_start:a_end]`` stands in ``a`` where ``b[b_start:b_end]`` stands in ``b``."""

    equal: bool
    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The blocks of an edit script from ``a`` to ``b``; neighbouring deletions and insertions are one block."""
    blocks: list[Block] = []
    for op in Indel.opcodes(a, b):
        equal = op.tag == "equal"
        if not equal and blocks and not blocks[-1].equal:
            last = blocks.pop()
            blocks.append(Block(False, last.a_start, op.src_end, last.b_start, op.dest_end))
        else:
            blocks.append(Block(equal, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return blocks
