"""Fields that mend text as it comes in, so that no odd character is refused, stored or shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.pipeline.text import check_length, one_line, repair
from claims.pipeline.types import UnusableInput

LONGEST_LINE = 10_000  # each field's own limit is lower, and counts what is left after mending
NO_OUTLET = {"required": "Say which outlet published it, for instance Harbour Post."}


class LineField(forms.CharField):
    """One line of text: repaired, with its runs of white space made single spaces."""

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        if len(typed) > LONGEST_LINE:
            raise ValidationError(f"This is a line of {len(typed):,} characters. Shorten it.")
        return one_line(typed)


def whole_number(typed: str) -> int | None:
    """What an address or a hidden field counts or names; None for what no page has put there."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


class ArticleTextField(forms.CharField):
    """A text that can be compared, with words and not too many: repaired, and otherwise exactly as typed."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = str(value or "")
        return checked(repair(checked(typed))) if typed else ""


def checked(text: str) -> str:
    """``text``, which is measured before it is mended as well: mending far too much of it takes seconds."""
    try:
        check_length(text)
    except UnusableInput as error:
        raise ValidationError(str(error)) from error
    return text
