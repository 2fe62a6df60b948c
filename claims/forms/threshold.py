"""From which probability on two sentences of a story count as one claim."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.pipeline.thresholds import HIGHEST, LOWEST

_RANGE = f"Enter a whole number from {LOWEST * 100:.0f} to {HIGHEST * 100:.0f}."


class ThresholdForm(forms.Form):
    """What to look at, in percent."""

    threshold = forms.IntegerField(
        min_value=round(LOWEST * 100),
        max_value=round(HIGHEST * 100),
        label="Two sentences count as one claim from this probability on, in percent",
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _RANGE),
        widget=forms.NumberInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def value(self) -> float:
        return self.cleaned_data["threshold"] / 100


class ApplyForm(ThresholdForm):
    """What to apply. ``comparison``: on which it was looked at. ``own``: the model's own threshold instead."""

    comparison = forms.IntegerField(required=False)
    own = forms.BooleanField(required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["threshold"].required = not self["own"].data

    def chosen(self) -> float | None:
        return None if self.cleaned_data["own"] else self.value()
