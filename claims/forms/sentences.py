"""Corrections of an article's sentences. Offsets count in the text whose hash comes with them."""

from __future__ import annotations

from typing import get_args

from django import forms

from claims.pipeline.types import Correction, Role

MAX_OFFSET = 2**31 - 1  # what the database's integers hold


class OffsetField(forms.IntegerField):
    def __init__(self) -> None:
        super().__init__(min_value=0, max_value=MAX_OFFSET)


class SplittingForm(forms.Form):
    """The address of the page with one sentence opened for splitting: ``?split=210``."""

    split = forms.IntegerField(required=False, min_value=0)

    def start(self) -> int | None:
        return self.cleaned_data["split"] if self.is_valid() else None


class CorrectionForm(forms.Form):
    text_sha256 = forms.CharField(min_length=64, max_length=64)

    def correction(self) -> Correction:
        raise NotImplementedError


class SplitForm(CorrectionForm):
    at = OffsetField()  # where the second sentence begins

    def correction(self) -> Correction:
        return Correction("split", self.cleaned_data["at"], self.cleaned_data["at"])


class SpanForm(CorrectionForm):
    start = OffsetField()
    end = OffsetField()

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("start", 0) >= self.cleaned_data.get("end", MAX_OFFSET + 1):
            raise forms.ValidationError("The sentence must end after its start.")

    def span(self) -> tuple[int, int]:
        return self.cleaned_data["start"], self.cleaned_data["end"]


class JoinForm(SpanForm):
    """``start`` of the first sentence, ``end`` of the second."""

    def correction(self) -> Correction:
        return Correction("join", *self.span())


class RoleForm(SpanForm):
    role = forms.ChoiceField(choices=[(role, role) for role in get_args(Role)])

    def correction(self) -> Correction:
        return Correction("role", *self.span(), self.cleaned_data["role"])
