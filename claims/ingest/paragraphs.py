"""From the paragraphs that a reader found to the article that the pipeline takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claims.pipeline.language import detect
from claims.pipeline.sentence_furniture import is_furniture
from claims.pipeline.text import check_length, one_line, repair
from claims.pipeline.types import Correction, Role

from .extracted import Extracted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of an article; a ``role`` where the source's own markup says it."""

    text: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What a source says about its article besides the text."""

    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published_at: datetime | None = None
    language: str = ""


NO_DETAILS = Details()


def assemble(paragraphs: Iterable[Paragraph], details: Details = NO_DETAILS, notices: Iterable[str] = ()) -> Extracted:
    """The article whose ``text`` has ``paragraphs`` as its lines, and whose corrections carry their roles.

    Lines that are plainly furniture ("Advertisement") have the role ``boilerplate`` unless their reader knew better.
    Raises UnusableInput where the text is empty or too long.
    """
    paragraphs = list(paragraphs)
    check_length("\n".join(paragraph.text for paragraph in paragraphs))  # before: mending far too much takes seconds
    lines: list[str] = []
    corrections: list[Correction] = []
    position = 0
    for paragraph in paragraphs:
        line = repair(paragraph.text).replace("\n", " ").strip()
        if not line:
            continue
        role = paragraph.role or ("boilerplate" if is_furniture(line, title=not lines) else None)
        if role:
            corrections.append(Correction("role", position, position + len(line), role))
        lines.append(line)
        position += len(line) + 1
    text = "\n".join(lines)
    check_length(text)
    return Extracted(
        text=text,
        title=one_line(details.title)[:500],
        outlet=one_line(details.outlet)[:120],
        byline=one_line(details.byline)[:300],
        url=details.url[:2000],
        published_at=details.published_at,
        language=details.language or detect(text),
        corrections=tuple(corrections),
        notices=tuple(notices),
    )
