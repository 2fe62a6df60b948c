"""What a file's own properties say of its title, author and day, where a person and not a program wrote them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from claims.pipeline.text import one_line

#: For the reader of an article whose date came from a file: a page may be saved long after it was published.
DATE_OF_FILE = "The date is the day on which the file was made. Check that the article is from that day."
PROGRAM_TITLE = re.compile(
    r"untitled.*|microsoft word.*|powerpoint.*|word document|document\s?\d*|slide \d+"
    r"|.*\.(docx?|pdf|indd|qxd|tmp|odt|rtf|html?)",
    re.I,
)
PARTICLES = {"and", "de", "da", "del", "der", "di", "la", "le", "van", "von", "bin", "al"}


def plausible_title(title: object) -> str:
    said = one_line(str(title or ""))
    return "" if len(said) < 4 or PROGRAM_TITLE.fullmatch(said) else said


def plausible_name(author: object) -> str:
    """``author`` where it reads like people's names: not a login, a program or a machine."""
    said = one_line(str(author or ""))
    words = said.split()
    named = 2 <= len(words) <= 12 and all(word[0].isupper() or word in PARTICLES for word in words)
    return said if named and not re.search(r"[\d@\\/_]|Microsoft|Adobe|User|Admin", said) else ""


def plausible_time(moment: datetime | None) -> datetime | None:
    """``moment``, in UTC where it names no zone; None for the future and for times before there were such files."""
    if moment is None:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if datetime(1995, 1, 1, tzinfo=UTC) < moment <= datetime.now(UTC) else None
