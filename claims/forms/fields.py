"""Fields that mend text as it comes in, so that no odd character is refused, stored or shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.pipeline.text import check_length, repair
from claims.pipeline.types import UnusableInput

NO_OUTLET = {"required": "Say which outlet published it, for instance Harbour Post."}


class LineField(forms.CharField):
    """One line of text: repaired, with its runs of white space made single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(repair(str(value or "")).split())


class TextField(forms.CharField):
    """An article's text: repaired, and otherwise exactly as typed."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return repair(str(value or ""))


class ArticleTextField(TextField):
    """A text that can be compared: it has words, and not too many."""

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            check_length(value)
        except UnusableInput as error:
            raise ValidationError(str(error)) from error
