"""Shared source texts: what several outlets print in the same words is one voice, not several.

Wire copy shows as long runs of equal words outside quotation marks (quoted words are the speaker's, and may well be
reported twice independently); this is how Churnalism found press releases in newspapers. An agency's name is taken from
a credit in the text. The search is by sentence, since an article may mix copy with its own reporting.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from .types import Origin, Sentence, SourceArticle
from .words import WORD

#: Words of a run that two outlets hardly write alike by chance, and the share of a sentence that runs must cover.
RUN = 7
COVERED = 0.6
#: Copied words in all before two articles are said to share an origin: more than one stock sentence.
LEAST_WORDS = 20

_QUOTED = re.compile(r"[\"“][^\"“”]{0,2000}[\"”]|[«][^»]{0,2000}[»]")
_AGENCIES = (
    r"Reuters|Associated Press|AP|Agence France-Presse|AFP|PA Media|Press Association|dpa|EFE|ANSA|Bloomberg|UPI|Xinhua"
    r"|Tass|Interfax|[A-Z][\w-]+ (?:News Agency|Wire|Newswire|Press Agency)"
)
_CREDIT = re.compile(
    rf"\((?P<a>{_AGENCIES})\)\s*[-–—]|(?:reporting|material|copy|reported) (?:by|from) (?:the )?(?P<b>{_AGENCIES})\b"
    rf"|(?:Source|Credit|With)\s*:?\s+(?:the )?(?P<c>{_AGENCIES})\b|[—–-]\s*(?P<d>{_AGENCIES})\s*$"
    rf"|^\s*\(?(?P<e>{_AGENCIES})\)?\s*$",
    re.MULTILINE,
)


def find_origins(articles: Sequence[SourceArticle], sentences: Sequence[Sentence]) -> tuple[Origin, ...]:
    """Groups of articles that print the same copy, with the sentences that are copy."""
    runs = [_runs(sentence.text) for sentence in sentences]
    shared = {
        pair: copied | _equal(sentences, pair)
        for pair, copied in _copied(sentences, runs).items()
        if _words(runs, copied) >= LEAST_WORDS
    }
    found: list[Origin] = []
    for group in _connected(shared):
        copied = sorted({i for pair, members in shared.items() if set(pair) <= group for i in members})
        ratio = min(_share(sentences, copied, article) for article in group)
        names = [name for article in sorted(group) if (name := agency(articles[article]))]
        found.append(
            Origin(
                id=f"o{len(found) + 1}",
                articles=tuple(articles[article].id for article in sorted(group)),
                shared_ratio=round(ratio, 3),
                agency=names[0] if names else "",
                sentences=tuple(sentences[i].id for i in copied),
            )
        )
    return tuple(found)


def agency(article: SourceArticle) -> str:
    """The news agency that an article credits, or an empty string."""
    for text in (article.byline, article.text):
        if credit := _CREDIT.search(text):
            return next(name for name in credit.groups() if name)
    return ""


def _runs(text: str) -> list[tuple[str, ...]]:
    """Runs of ``RUN`` words outside quotation marks; a shorter unquoted sentence has none."""
    words = [word.lower() for word in WORD.findall(_QUOTED.sub(' " ', text))]
    return [tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)]


def _copied(sentences: Sequence[Sentence], runs: list[list[tuple[str, ...]]]) -> dict[tuple[int, int], set[int]]:
    """For two articles, the sentences (as indices) that are mostly made of runs which both print."""
    where: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for sentence, row in zip(sentences, runs, strict=True):
        if sentence.role == "claim":
            for run in row:
                where[run].add(sentence.article)
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for i, sentence in enumerate(sentences):
        if sentence.role != "claim" or not runs[i]:
            continue
        elsewhere = [where[run] - {sentence.article} for run in runs[i]]
        for other in set().union(*elsewhere):
            covered: set[int] = set()
            for at, articles in enumerate(elsewhere):
                if other in articles:
                    covered.update(range(at, at + RUN))
            if len(covered) >= COVERED * (len(runs[i]) + RUN - 1):
                found[min(sentence.article, other), max(sentence.article, other)].add(i)
    return found


def _equal(sentences: Sequence[Sentence], pair: tuple[int, int]) -> set[int]:
    """Sentences that two articles print word for word: between copies, short ones were copied too."""
    printed: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i, sentence in enumerate(sentences):
        if sentence.article in pair and sentence.role == "claim":
            printed[tuple(WORD.findall(sentence.text.lower()))].add(i)
    return {i for members in printed.values() if len({sentences[m].article for m in members}) == 2 for i in members}


def _words(runs: list[list[tuple[str, ...]]], members: set[int]) -> int:
    """Words of the copied sentences, counted once for the two articles that print them."""
    return sum(len(runs[i]) + RUN - 1 for i in members) // 2


def _share(sentences: Sequence[Sentence], copied: Sequence[int], article: int) -> float:
    """How much of an article's claims is copy, by characters."""
    total = sum(len(s.text) for s in sentences if s.article == article and s.role == "claim")
    own = sum(len(sentences[i].text) for i in copied if sentences[i].article == article)
    return own / total if total else 0.0


def _connected(shared: dict[tuple[int, int], set[int]]) -> list[set[int]]:
    """Articles joined by copy: groups in which every two share some, largest first; a pair is in exactly one group."""
    left, groups = set(shared), []
    while left:
        group = set(min(left))
        for article in sorted({a for pair in left for a in pair} - group):
            if all((min(article, member), max(article, member)) in left for member in group):
                group.add(article)
        left -= set(combinations(sorted(group), 2))
        groups.append(group)
    return groups
