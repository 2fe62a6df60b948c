"""Which two versions of an article an address asks to compare. What makes no sense in it is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from claims.models import ArticleVersion, ComparedArticle
from claims.models.article_version import read_by


class VersionsForm(forms.Form):
    """``?before=2&after=3&whole=1&hide_tiny=1``; ``?since=14&until=17`` are the comparisons that read them."""

    before = forms.TypedChoiceField(label="From", coerce=int, required=False)
    after = forms.TypedChoiceField(label="To", coerce=int, required=False)
    whole = forms.BooleanField(label="Show the whole text", required=False)
    hide_tiny = forms.BooleanField(label="Hide tiny edits", required=False)
    since = forms.IntegerField(widget=forms.HiddenInput, required=False)
    until = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, versions: Sequence[ArticleVersion]) -> None:
        """``versions``: of one article, the first one first."""
        super().__init__(data)
        self.versions = {version.number: version for version in versions}
        for name in ("before", "after"):
            self.fields[name].choices = [(n, f"Version {n}") for n in self.versions]  # type: ignore[attr-defined]
        self.full_clean()
        last = max(self.versions)
        self.after_number = self._number("after", "until") or last
        self.before_number = self._number("before", "since") or max(1, self.after_number - 1)
        # What is shown stands in the fields, also where the address did not name it.
        asked = {name: self.cleaned_data.get(name) for name in ("whole", "hide_tiny")}
        self.data = asked | {"before": self.before_number, "after": self.after_number}

    def _number(self, name: str, comparison: str) -> int | None:
        return self.cleaned_data.get(name) or self._compared(self.cleaned_data.get(comparison))

    def _compared(self, comparison: int | None) -> int | None:
        """The number of the version that this comparison read."""
        if not comparison or not 0 < comparison < 2**63:
            return None
        asked = {"comparison": comparison, "article": self.versions[1].article_id}
        found = ComparedArticle.objects.filter(**asked).select_related("comparison").defer("text").first()
        version = read_by(self.versions.values(), found.comparison, found.text_sha256) if found else None
        return version.number if version else None
