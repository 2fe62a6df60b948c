"""The correction of an article: all that was found about it, and its text."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from claims.models import Article, Membership, Outlet

from .fields import NO_OUTLET, ArticleTextField, LineField

CONFLICT = (
    "This article was changed in another window since you opened it. What you typed is below, and not saved yet. "
    "Compare it with the present text, then save again to replace that."
)


class OutletForm(forms.Form):
    """Names the outlet of an article that only its file's name told."""

    outlet = LineField(max_length=Outlet.NAME_LENGTH, error_messages=NO_OUTLET)

    def save(self, article: Article) -> None:
        article.name_outlet(Outlet.objects.get_or_create(name=self.cleaned_data["outlet"])[0])


class ArticleForm(forms.Form):
    """All that can be corrected in an article. ``revision`` is the edit that the form was filled from."""

    outlet = LineField(max_length=Outlet.NAME_LENGTH, label="Outlet", error_messages=NO_OUTLET)
    title = LineField(required=False, max_length=500, label="Title")
    byline = LineField(required=False, max_length=300, label="Byline")
    published_at = forms.DateTimeField(
        required=False,
        label="Published",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S"),
        error_messages={"invalid": "Enter a date and time, for instance 2026-04-29 18:30."},
    )
    url = forms.URLField(
        required=False,
        max_length=2000,
        label="Address",
        assume_scheme="https",
        error_messages={"invalid": "Enter a web address that starts with https:// or http://, or leave it empty."},
    )
    language = forms.RegexField(
        r"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?$",
        required=False,
        label="Language",
        help_text="A code such as en or de. If empty, it is found from the text.",
        error_messages={"invalid": "Enter a language code such as en or de, or leave it empty."},
    )
    text = ArticleTextField(label="Text", widget=forms.Textarea(attrs={"rows": 24}))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def clean_url(self) -> str:
        url = self.cleaned_data["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            raise ValidationError(self.fields["url"].error_messages["invalid"])
        return url

    def clean_language(self) -> str:
        return self.cleaned_data["language"].lower()

    def save(self, article: Article, by: Membership) -> None:
        """Raises EditedMeanwhile when the article is not as it was when the form was filled."""
        from claims.pipeline.language import detect  # its model is large

        given = dict(self.cleaned_data)
        given["outlet"] = Outlet.objects.get_or_create(name=given["outlet"])[0]
        given["language"] = given["language"] or detect(given["text"])
        article.edit(given.pop("revision"), by=by, **given)

    def tell_conflict(self, current: Article) -> None:
        """Keep what was typed, say that it would replace what another person saved, and let the next saving do so."""
        self.data = {**self.data.dict(), "revision": current.revision}  # type: ignore[attr-defined]
        self.add_error(None, CONFLICT)

    @classmethod
    def of(cls, article: Article) -> ArticleForm:
        fields = {name: getattr(article, name) for name in cls.base_fields if name != "outlet"}
        return cls(initial=fields | {"outlet": article.outlet.name})
