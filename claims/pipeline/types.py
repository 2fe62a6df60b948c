"""The values that flow through the pipeline, in the order in which they are made.

Every offset is a count of Unicode code points into the text of one article, and ``text[start:end]`` is the thing meant.
A sentence is named by its id, ``"ARTICLE.SENTENCE"`` (``"0.3"``: the fourth sentence of the first article).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

import numpy as np

Role = Literal["claim", "heading", "aside", "boilerplate"]
Status = Literal["agree", "diverge", "unique", "none"]
Relation = Literal["agree", "diverge"]
RowRelation = Literal["agree", "diverge", "unique"]
Kind = Literal["number", "date", "name", "place", "attribution", "quote", "contradiction", "certainty"]
#: How an outlet renders what others quote: in the same words, in fewer of them, in others between the same quotation
#: marks, in its own words, or as somebody else's.
Rendering = Literal["verbatim", "shortened", "altered", "paraphrased", "credited elsewhere"]
CorrectionAction = Literal["split", "join", "role"]
#: What a part of a sentence is: a clause, what is quoted, or the words that say who said it.
PartKind = Literal["clause", "quotation", "attribution"]

#: Roles whose sentences are compared. A heading or an aside (a sentence that asserts nothing to check: a rhetorical
#: question, scene setting, an advert) may agree with another outlet, but a lone one is never "only here".
COMPARED_ROLES: frozenset[Role] = frozenset({"claim", "heading", "aside"})

#: ``progress(stage, done, total)``; the stages are "split", "load", "embed", "align", "relate".
Progress = Callable[[str, int, int], None]


def no_progress(stage: str, done: int, total: int) -> None:
    """The progress callback of callers that show none."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A reader's (or the extraction's) word on how a text divides, which the splitter obeys.

    ``split``: a sentence ends at ``start`` (``end`` equals it). ``join``: no sentence ends within ``start..end``.
    ``role``: the sentences mostly within ``start..end`` have ``role``. Later corrections override earlier ones.
    """

    action: CorrectionAction
    start: int
    end: int
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """One outlet's text. Paragraphs of ``text`` are separated by line breaks."""

    id: str
    outlet: str
    text: str
    title: str = ""
    url: str = ""
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of an article's text: ``article.text[start:end] == text``."""

    id: str
    article: int
    start: int
    end: int
    text: str
    role: Role


class Encoder(Protocol):
    """Turns sentences into unit vectors."""

    name: str
    sha256: str

    def load(self) -> None:
        """Get ready to encode. Slow the first time in a process, and may be skipped: ``encode`` does it too."""
        ...

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """Vectors of shape (len(texts), dimensions), float32, each of length 1, in the order of ``texts``."""
        ...


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words on one side of a divergence, and what they were read as ("855000000000 USD")."""

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Divergence:
    """One way in which two sentences on the same claim differ; ``a`` and ``b`` follow the alignment's order.

    ``rule``: the rule, or "model" and the head, that found it. ``possible_update``: the later-published side gives a
    later figure of a developing story, so that both may have been right when they were printed.
    """

    kind: Kind
    probability: float
    rule: str
    explanation: str
    a: Evidence
    b: Evidence
    possible_update: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Words in a row that can state something on their own: ``text[start:end]`` of a sentence or of its article."""

    start: int
    end: int
    kind: PartKind


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two sentences of different articles that state the same claim; ``a`` comes from the earlier article.

    ``part_a``, ``part_b``: the words of each that state it, in the articles' coordinates; None: the whole sentence.
    """

    a: str
    b: str
    similarity: float
    probability: float
    relation: Relation = "agree"
    relation_probability: float = 1.0
    divergences: tuple[Divergence, ...] = ()
    part_a: Part | None = None
    part_b: Part | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the search for a counterpart of a lone sentence found: ``other`` comes nearest to it in its article.

    ``probability``: that the two state the same claim, as for an alignment; it lies below the alignment threshold.
    """

    sentence: str
    other: str
    similarity: float
    probability: float


@dataclass(frozen=True, slots=True)
class Considered:
    """Two sentences that are one claim from some threshold on: at ``probability`` or below, or at any (``is_sure``)."""

    a: str
    b: str
    probability: float
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """One outlet's rendering of an utterance: ``text`` is ``start..end`` of the article that holds ``sentence``.

    ``credited_to``: the words in which this outlet names the speaker; empty where it names nobody.
    """

    sentence: str
    start: int
    end: int
    text: str
    rendering: Rendering
    credited_to: str = ""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing that somebody said, and every outlet's wording of it; the fullest quotation stands first."""

    id: str
    speaker: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """The sentences of several outlets that state one claim, or one sentence that stands alone (``unique``)."""

    id: str
    relation: RowRelation
    sentences: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: int
    kinds: tuple[Kind, ...] = ()
    importance: float = 0.0


@dataclass(frozen=True, slots=True)
class Origin:
    """Articles that print the same source text, such as one agency's copy."""

    id: str
    articles: tuple[str, ...]
    shared_ratio: float
    agency: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What made a result, so that any cell of it can be explained and repeated.

    ``model_threshold``: the alignment threshold of the model itself; another one in ``thresholds`` was chosen by
    somebody. ``calibration``: see ``claims.pipeline.calibration``. Runs saved before they were kept have none of these.
    """

    encoder: str
    encoder_sha256: str
    thresholds: dict[str, float]
    version: str
    seconds: dict[str, float]
    relation_model: str = ""
    relation_model_sha256: str = ""
    alignment_sha256: str = ""
    model_threshold: float | None = None
    calibration: dict[str, float | str] | None = None


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """Everything that one comparison found. ``notices``: sentences for the reader ("These articles share no claim").

    ``considered``: all pairs from the lowest threshold on that can be chosen; None where they are not at hand.
    """

    articles: tuple[SourceArticle, ...]
    sentences: tuple[Sentence, ...]
    statuses: dict[str, Status]
    rows: tuple[ClaimRow, ...]
    alignments: tuple[Alignment, ...]
    origins: tuple[Origin, ...]
    run: Run
    notices: tuple[str, ...] = field(default=())
    nearest: tuple[Nearest, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    considered: tuple[Considered, ...] | None = None


class UnusableInput(ValueError):
    """An input that cannot be compared; ``str(error)`` tells a reader what is wrong and what to do."""
