"""Parts of a sentence that can state a claim on their own: clauses, quotations, and who said what is quoted.

Rules over words, without a parser. They keep to what is sure: a sentence that is not understood stays whole, for half a
claim beside another's half looks like a difference that is none. Every part has whole words, and every word of the
sentence stands in a part. A clause within another ("The dam, which was built in 1951, broke") is a part inside a part.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from .clause_words import (
    COORDINATE,
    FINITE,
    NO_CLAUSE_AFTER_AS,
    NO_VERBS,
    RELATIVE,
    SAID,
    SETTING,
    SUBJECTS,
    SUBORDINATE,
    WITHOUT_COMMA,
)
from .relations import attribution, quotations
from .relations.tokens import Token, is_content, is_word, tokenise
from .types import Part, PartKind

#: A part has at least so many words, and so many that say what it is about.
_FEWEST, _FEWEST_CONTENT = 4, 2
#: So many words of a quotation can state something; fewer are a term ("so-called").
_FEWEST_QUOTED = 5
#: How far behind the word that opens a clause its verb stands at most.
_FAR = 9
#: Who says something and where takes no more words than this.
_LONGEST_CREDIT = 22
#: A sentence of more words and marks is a table, a list, or no sentence.
_LONGEST = 400
#: "In a letter to the council, the mayor said": so far into a sentence its source begins at the latest.
_LATEST_LEAD = 8
_BREAKS = frozenset({",", ";", ":", "–", "—", "|", "•"})
_LIST = frozenset({";", "|", "•"})
_DASHES = frozenset({"–", "—"})
#: What a part neither begins nor ends with.
_MARKS = _BREAKS | frozenset("\"“”„«»()[]-*.?!…'‘’")
_CLOSING = '"”»)'
_QUOTES = frozenset("\"“”„«»'‘’`")
_CLOSES_EARLIER = re.compile(r"[^\"“”„«»]*[^\s\"“”„«»][,.!?…]\s?[\"”»](?=\s|$)")


@dataclass(slots=True)
class _Stretch:
    """Words in a row, ``tokens[first:past]``.

    ``inserted``: what stood before it goes on behind it, in the stretch that ``resumes``; ``dashed``: between dashes.
    ``bare``: it may do without a verb, as a line of a list may.
    """

    first: int
    past: int
    kind: PartKind = "clause"
    inserted: bool = False
    bare: bool = False
    dashed: bool = False
    resumes: bool = False


def split_parts(text: str) -> tuple[Part, ...]:
    """The parts of the sentence ``text``, in its own coordinates and in order; one, the whole, if it has no several."""
    tokens = tokenise(text)
    found = _Sentence(text, tokens).parts() if 2 * _FEWEST <= len(tokens) <= _LONGEST else []
    return tuple(found) if len(found) > 1 and _nests(found) else (Part(0, len(text), "clause"),)


def _nests(parts: Sequence[Part]) -> bool:
    """Whether none of ``parts``, in the order of their starts, lies half in another."""
    around: list[Part] = []
    for part in parts:
        while around and around[-1].end <= part.start:
            around.pop()
        if around and part.end > around[-1].end:
            return False
        around.append(part)
    return True


class _Sentence:
    """A sentence's words, and where in them clauses, quotations and credits begin and end."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.shouted = text.isupper()
        self.norms = [t.norm for t in tokens]
        self.starts = [t.start for t in tokens]
        self.finite = [self._is_finite(at) for at in range(len(tokens))]
        self.verbs = [0, *accumulate(self.finite)]
        self.dashes = [0, *accumulate(t.text in _DASHES for t in tokens)]
        self.words = [0, *accumulate(is_word(t) or t.text[0].isdigit() for t in tokens)]
        self.content = [0, *accumulate(is_content(t) or t.text[0].isdigit() for t in tokens)]
        self.quotes = list(self._quotations())
        self.quoted = [False] * len(tokens)
        for first, past in self.quotes:
            self.quoted[first:past] = [True] * (past - first)

    def parts(self) -> list[Part]:
        runs = [self._joined(run) for run in self._runs()]
        self._mark_credits(runs)
        in_order = sorted((stretch for run in runs for stretch in run), key=lambda s: (s.first, -s.past))
        return list(dict.fromkeys(part for stretch in in_order if (part := self._span(stretch))))

    def norm(self, at: int) -> str:
        return self.norms[at] if 0 <= at < len(self.norms) else ""

    # What is quoted, and what is not

    def _runs(self) -> list[list[_Stretch]]:
        """The sentence cut at its quotations, and each of these pieces cut into clauses.

        Where a sentence runs on into what it quotes ("was a “…”"), its last clause ends with the quotation.
        """
        runs: list[list[_Stretch]] = []
        at = 0
        for first, past in self.quotes:
            if at < first:
                runs.append(self._told(at, past if self._runs_on(at, first) else first))
            runs.append(self._clauses(first, past, "quotation"))
            at = past
        if at < len(self.tokens):
            runs.append(self._told(at, len(self.tokens)))
        return runs

    def _told(self, first: int, past: int) -> list[_Stretch]:
        """The clauses of what is told in the article's own words, and the words that credit somebody."""
        return [cut for stretch in self._clauses(first, past, "clause") for cut in self._without_credit(stretch)]

    def _runs_on(self, first: int, quoted: int) -> bool:
        before = [at for at in range(max(first, quoted - 3), quoted) if self.tokens[at].text not in _QUOTES]
        if not before:
            return False
        last = self.norm(before[-1])
        return last not in _BREAKS and last not in attribution.SAYS and last not in ".?!"

    def _quotations(self) -> Iterator[tuple[int, int]]:
        """Quotations that are long enough to state something. One that is never closed counts to the end only where a
        speaker leads up to it; one that an earlier sentence opened counts from the start."""
        spans = [(q.start, q.end, q.closed) for q in quotations.read(self.text)]
        opened_earlier = _CLOSES_EARLIER.match(self.text)
        if opened_earlier and not any(start < opened_earlier.end() - 1 for start, _, _ in spans):
            spans.insert(0, (0, opened_earlier.end() - 1, True))
        past = 0
        for start, end, closed in spans:
            first = bisect_left(self.starts, start)
            if first < past:
                continue
            led_up_to = first < 2 or self.norm(first - 2) in (",", ":")
            past = bisect_left(self.starts, end)
            if self._count(first, past) >= _FEWEST_QUOTED and (closed or led_up_to):
                yield first, past

    # Where clauses begin

    def _clauses(self, first: int, past: int, kind: PartKind) -> list[_Stretch]:
        found = [_Stretch(first, past, kind)]
        for at in range(first + 1, past):
            new = None if self.quoted[at] and kind == "clause" else self._opens(at, past, found)
            if new is not None:
                found[-1].past = at
                new.kind = kind
                found.append(new)
        return found

    def _opens(self, at: int, past: int, found: Sequence[_Stretch]) -> _Stretch | None:
        """The stretch that begins at a word, if one does."""
        before, last = self.norm(at - 1), found[-1]
        new = _Stretch(at, past)
        if before in _LIST:
            new.bare = last.bare = True
            return new
        if before == ",":
            return self._opens_after_comma(new, last, found)
        if before in _DASHES and last.dashed:
            new.resumes = True
            return new
        if before in _DASHES or (before == ":" and is_word(self.tokens[at])):
            new.dashed = new.inserted = before in _DASHES and self.dashes[past] > self.dashes[at]
            return new if self._verb_in(last.first, at) and self._clause_at(at) else None
        enough = at - last.first >= _FEWEST - 1 and before not in _BREAKS | {"even"}
        return new if enough and self._opens_unmarked(at, last) else None

    def _opens_unmarked(self, at: int, last: _Stretch) -> bool:
        """Whether a clause begins at a word without any mark before it."""
        word = self.norm(at)
        if word in WITHOUT_COMMA and self._hangs_at(at + 1) and not self._is_comparison(at):
            return True
        in_list = "," in self.norms[at - 3 : at]
        joined = word in ("and", "but") and not in_list and self._verb_in(last.first, at)
        return joined and self._clause_at(at + 1)

    def _opens_after_comma(self, new: _Stretch, last: _Stretch, found: Sequence[_Stretch]) -> _Stretch | None:
        at, word = new.first, self.norm(new.first)
        goes_on = len(found) > 1 and last.inserted and not last.resumes
        if goes_on and self._goes_on_at(at):
            new.resumes = True
            return new
        new.inserted = not self._verb_in(last.first, at)
        if word in RELATIVE and self._verb_in(at + 1, at + _FAR):
            new.inserted = True
            return new
        if word in SUBORDINATE and self._hangs_at(at + 1) and not self._is_comparison(at):
            return new
        new.inserted = False
        if word in COORDINATE and self._clause_at(at + 1) and self._verb_in(last.first, at):
            return new
        if self._is_participle(at):
            return new
        led = self.norm(last.first) in SUBORDINATE and self._verb_in(last.first, at)
        return new if led and self._clause_at(at) else None

    def _clause_at(self, at: int) -> bool:
        """Whether a subject stands here, and its verb not far behind it."""
        if not self._is_subject(at):
            return False
        for place in range(at + 1, min(len(self.tokens), at + _FAR)):
            if self.finite[place]:
                return True
            word = self.norm(place)
            if word in _BREAKS or word in RELATIVE or word in ("but", "that", "to"):
                return False
        return False

    def _hangs_at(self, at: int) -> bool:
        """Whether a clause stands here behind "after" or "because", whose subject may be one bare word."""
        bare = self._finite_at(at + 1) and is_content(self.tokens[at]) and not self.norms[at].endswith(("ing", "ly"))
        return bare or self._clause_at(at)

    def _goes_on_at(self, at: int) -> bool:
        """Whether a verb stands here whose subject was named before what was inserted."""
        return self._finite_at(at) or (self.norm(at).endswith("ly") and self._finite_at(at + 1))

    def _is_comparison(self, at: int) -> bool:
        earlier = (self.norm(place) for place in range(at - 5, at))
        return self.norm(at) == "as" and (self.norm(at + 1) in NO_CLAUSE_AFTER_AS or "as" in earlier)

    def _is_participle(self, at: int) -> bool:
        word = self.norm(at)
        return word.endswith("ing") and len(word) > 4 and word not in NO_VERBS and not self._finite_at(at + 1)

    def _is_subject(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        is_name = token.text[0].isupper() and not self.shouted
        return token.norm in SUBJECTS or is_name or token.text[0].isdigit()

    def _is_finite(self, at: int) -> bool:
        word, before = self.norm(at), self.norm(at - 1)
        if word in FINITE:
            return before not in ("to", "the", "a", "an", "of")
        if before in RELATIVE and word.endswith("s") and is_word(self.tokens[at]):
            return True
        past = word.endswith("ed") and len(word) > 3 and word not in NO_VERBS
        if not past or (self.tokens[at].text[0].isupper() and not self.shouted) or before.endswith("ly"):
            return False
        return before not in ("a", "an", "the", "of", "to", "by", "in", "") and self.norm(at + 1) != "by"

    def _finite_at(self, at: int) -> bool:
        return at < len(self.finite) and self.finite[at]

    def _verb_in(self, first: int, past: int) -> bool:
        past = min(past, len(self.tokens))
        return first < past and self.verbs[past] > self.verbs[first]

    def _count(self, first: int, past: int) -> int:
        return self.words[past] - self.words[first]

    # Who says so

    @cached_property
    def _sources(self) -> list[tuple[int, int, int]]:
        """Where each source in the article's own words begins and ends, and its verb, as numbers of tokens."""
        found = attribution.read(self.text, self.tokens)
        places = ((bisect_left(self.starts, s.start), bisect_left(self.starts, s.end), s.verb) for s in found)
        return [place for place in places if not self.quoted[place[0]] and not self.quoted[place[2]]]

    def _without_credit(self, stretch: _Stretch) -> list[_Stretch]:
        for first, past, verb in self._sources:
            begin, end = min(first, verb), max(past, verb + 1)
            if begin < stretch.first or end > stretch.past:
                continue
            if led := self._led_by_credit(stretch, begin, verb, end):
                return [led, *self._told(led.past, stretch.past)]
            if cut := self._followed_by_credit(stretch, begin, end):
                return cut
        return [stretch]

    def _led_by_credit(self, stretch: _Stretch, begin: int, verb: int, end: int) -> _Stretch | None:
        """ "Police said on Monday that …", "According to police, …"."""
        if begin - stretch.first > _LATEST_LEAD or self.norm(stretch.first) in SUBORDINATE | RELATIVE:
            return None
        says = None
        if self.norm(verb) == "according":
            says = next((at + 1 for at in range(end, min(stretch.past, end + _FAR)) if self.norm(at) == ","), None)
        elif verb >= end - 1:
            says = self._said_from(verb + 1, stretch.past)
        if says is None or not self._states(says, stretch.past):
            return None
        return _Stretch(stretch.first, says, "attribution")

    def _said_from(self, at: int, past: int) -> int | None:
        """Where that begins which a verb of saying leads up to."""
        placed = self.norm(at) in {"that"} | SETTING or self.norm(at - 1) in ("told", "tells")
        for place in range(at, min(past, at + _FAR if placed else at)):
            if self.norm(place) == "that" and not self.quoted[place]:
                return place + 1
            if self.finite[place] or self.norm(place) in _BREAKS:
                break
        return at if self.norm(at - 1) in SAID and self._clause_at(at) else None

    def _followed_by_credit(self, stretch: _Stretch, begin: int, end: int) -> list[_Stretch]:
        """ "…, police said on Monday", "… according to police"; also in the middle: "The dam, police said, broke"."""
        according = self.norm(begin) == "according"
        if begin == stretch.first or not (according or self.norm(begin - 1) in _BREAKS):
            return []
        stop = next((at for at in range(end, stretch.past) if self._ends_credit(at)), stretch.past)
        more = any(self.norm(at) == "that" for at in range(end, stop))
        if more or self._count(begin, stop) > _LONGEST_CREDIT or self._verb_in(end, stop):
            return []
        credit = _Stretch(begin, stop, "attribution")
        before, behind = replace(stretch, past=begin), replace(stretch, first=stop)
        if not self._count(stop, stretch.past):
            credit.past = stretch.past
            return [before, credit] if self._states(before.first, begin) else []
        if self._verb_in(stretch.first, begin) and self._states(stop, stretch.past):
            return [before, credit, behind]
        return [before, replace(credit, inserted=True), replace(behind, resumes=True)]

    def _ends_credit(self, at: int) -> bool:
        return self.norms[at] in (",", ";") and not self.quoted[at]

    def _mark_credits(self, runs: list[list[_Stretch]]) -> None:
        """What credits somebody beside a quotation is its attribution."""
        for at, run in enumerate(runs):
            beside = [runs[n][0].kind for n in (at - 1, at + 1) if 0 <= n < len(runs)]
            if "quotation" not in beside or run[0].kind == "quotation":
                continue
            for stretch in (run[0], run[-1]):
                latest = stretch.first + _LATEST_LEAD
                inside = any(stretch.first <= min(first, verb) <= latest for first, _, verb in self._sources)
                if inside and self._count(stretch.first, stretch.past) <= _LONGEST_CREDIT:
                    stretch.kind = "attribution"

    # Which stretches are parts

    def _states(self, first: int, past: int) -> bool:
        enough = self._count(first, past) >= _FEWEST and self.content[past] - self.content[first] >= _FEWEST_CONTENT
        return enough and self._verb_in(first, past)

    def _is_part(self, stretch: _Stretch) -> bool:
        if stretch.kind == "attribution":
            return True
        if stretch.bare:
            return self.content[stretch.past] - self.content[stretch.first] >= _FEWEST_CONTENT
        participle = self._is_participle(stretch.first) and self._count(stretch.first, stretch.past) >= _FEWEST
        return participle or self._states(stretch.first, stretch.past)

    def _joined(self, run: list[_Stretch]) -> list[_Stretch]:
        """The run with what states nothing joined to what stands before it, or at its start to what follows."""
        found: list[_Stretch] = []
        main: _Stretch | None = None
        for stretch in run:
            if stretch.resumes and main is not None:
                main.past = stretch.past
                continue
            if found and not self._is_part(stretch):
                found[-1].past = max(found[-1].past, stretch.past)
            elif found and found[-1] is main is not None and not stretch.inserted and not self._is_part(main):
                main.past = stretch.past
            else:
                found.append(stretch)
            if not stretch.inserted:
                main = found[-1]
        return found

    def _span(self, stretch: _Stretch) -> Part | None:
        """The stretch without the marks around it; None where nothing but marks is left."""
        first, past = stretch.first, stretch.past
        while first < past and self.tokens[first].text in _MARKS:
            first += 1
        while first < past and self.tokens[past - 1].text in _MARKS:
            past -= 1
        if first == past:
            return None
        start, end = self.tokens[first].start, self.tokens[past - 1].end
        closing = self.text[end : end + 1]
        if closing and closing in _CLOSING and stretch.kind == "clause":  # of what was opened within the part
            opened = sum(t.text in _QUOTES if closing != ")" else t.text == "(" for t in self.tokens[first:past])
            closed = sum(t.text == ")" for t in self.tokens[first:past]) if closing == ")" else 0
            end += (opened - closed) % 2
        return Part(start, end, stretch.kind)
