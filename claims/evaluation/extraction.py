"""Pages and the text that a careful reader would take from them: NAME.html beside NAME.txt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from claims.ingest.html import extract_html
from claims.pipeline.types import UnusableInput
from claims.pipeline.words import WORD

from .metrics import Counts


def evaluate_extraction(folder: Path) -> dict[str, Counts]:
    """For each page, counts of words (as a bag) extracted, expected, and both. Raises UnusableInput without pages."""
    pages = [page for page in sorted(folder.glob("*.html")) if page.with_suffix(".txt").exists()]
    if not pages:
        raise UnusableInput(f"{folder} holds no NAME.html with a NAME.txt beside it.")
    return {page.stem: _one(page) for page in pages}


def _one(page: Path) -> Counts:
    wanted = _bag(page.with_suffix(".txt").read_text(encoding="utf-8"))
    try:
        found = extract_html(page.read_bytes())
    except UnusableInput:
        return Counts(0, 0, wanted.total())
    shown = _bag(found.article_text)
    return Counts((shown & wanted).total(), shown.total(), wanted.total())


def _bag(text: str) -> Counter[str]:
    return Counter(word.lower() for word in WORD.findall(text))
