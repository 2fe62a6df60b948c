"""What reading a source yields, whatever the source was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from claims.pipeline.types import Correction


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as its source gives it; an empty string or None where the source does not say.

    ``corrections`` carry the role ``boilerplate`` for captions, bylines, related links and the like that stayed in
    ``text``. ``notices`` are sentences for the reader about what was repaired, cut or doubtful.
    """

    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published_at: datetime | None = None
    language: str = ""
    corrections: tuple[Correction, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def article_text(self) -> str:
        """``text`` without the lines that are boilerplate."""
        furniture = {(c.start, c.end) for c in self.corrections if c.role == "boilerplate"}
        kept: list[str] = []
        start = 0
        for line in self.text.split("\n"):
            if (start, start + len(line)) not in furniture:
                kept.append(line)
            start += len(line) + 1
        return "\n".join(kept)
