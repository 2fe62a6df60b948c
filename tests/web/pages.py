"""Reading pages in tests."""

from __future__ import annotations

import re


def found(pattern: str, page: str) -> re.Match[str]:
    """The first place in the page that the pattern fits; a failure if there is none."""
    match = re.search(pattern, page)
    assert match, f"{pattern} is not on the page"
    return match
