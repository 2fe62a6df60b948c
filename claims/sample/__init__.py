"""The sample story: three invented articles on one invented event, and what was planted in them.

``story.json`` holds the articles; ``gold.json`` says which sentences state the same claim and how they differ, in the
format that ``manage.py evaluate stories`` reads.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from claims.pipeline.types import SourceArticle

FOLDER = Path(__file__).parent


def read_title() -> str:
    return _read("story.json")["title"]


def read_articles() -> list[SourceArticle]:
    """The articles; the id of each is its place in the gold, from "0"."""
    return [
        SourceArticle(**{**fields, "id": str(place), "published_at": datetime.fromisoformat(fields["published_at"])})
        for place, fields in enumerate(_read("story.json")["articles"])
    ]


def read_gold() -> dict[str, Any]:
    return _read("gold.json")


def _read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
