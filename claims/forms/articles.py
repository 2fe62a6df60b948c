"""Articles: three ways to add them, and their correction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from claims.adding import Outcome, Source, pasted, uploaded, web_page
from claims.models import Article, Outlet
from claims.pipeline.text import check_length, repair
from claims.pipeline.types import UnusableInput

from .fields import LineField, TextField

MAX_URLS = 20
CONFLICT = (
    "This article was changed in another window since you opened it. What you typed is below, and not saved yet. "
    "Compare it with the present text, then save again to replace that."
)
NO_OUTLET = {"required": "Say which outlet published it, for instance Harbour Post."}


class ArticleTextField(TextField):
    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            check_length(value)
        except UnusableInput as error:
            raise ValidationError(str(error)) from error


class AddForm(forms.Form):
    """One way to add articles. What could not be added is shown at ``told_at`` and stays in the form."""

    told_at: ClassVar[str]

    def sources(self) -> list[Source]:
        raise NotImplementedError

    def keep(self, failed: Sequence[Outcome]) -> None:
        for outcome in failed:
            name, error = outcome.source.name, outcome.error
            self.add_error(self.told_at, error if error.startswith(name) else f"{name}: {error}")


class PasteForm(AddForm):
    told_at = "text"
    outlet = LineField(max_length=120, label="Outlet", error_messages=NO_OUTLET)
    title = LineField(required=False, max_length=500, label="Title", help_text="If empty, taken from the text.")
    text = ArticleTextField(label="Text", error_messages={"required": "Paste the article's text here."})

    def sources(self) -> list[Source]:
        given = self.cleaned_data
        return [pasted(given["text"], given["outlet"], given["title"])]

    def keep(self, failed: Sequence[Outcome]) -> None:
        for outcome in failed:
            self.add_error(self.told_at, outcome.error)


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """The uploaded files. Whether one can be read shows when it is read: then it stops no other."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(data)


class FilesForm(AddForm):
    told_at = "uploads"
    uploads = SeveralFilesField(
        label="Files", error_messages={"required": "Choose one or more files: .txt, .md, .html, .pdf or .docx."}
    )

    def sources(self) -> list[Source]:
        return [uploaded(file) for file in self.cleaned_data["uploads"]]


class UrlsForm(AddForm):
    """``urls`` may come several times: from the text area, and from the boxes ticked among a feed's entries."""

    told_at = "urls"
    urls = forms.CharField(
        label="Addresses",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the address of an article, one on each line."},
    )
    feed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None:
            data = data.copy()
            data["urls"] = "\n".join(data.getlist("urls"))
        super().__init__(data, files, **kwargs)
        self._typed = data

    def clean_urls(self) -> list[str]:
        """The addresses, each once; the scheme may be left out."""
        typed = dict.fromkeys(repair(self.cleaned_data["urls"]).split())
        if len(typed) > MAX_URLS:
            raise ValidationError(f"These are {len(typed)} addresses; up to {MAX_URLS} can be read at a time.")
        return [url if "://" in url else f"https://{url}" for url in typed]

    def sources(self) -> list[Source]:
        kind = Article.Source.FEED if self.cleaned_data["feed"] else Article.Source.URL
        return [web_page(url, kind) for url in self.cleaned_data["urls"]]

    def keep(self, failed: Sequence[Outcome]) -> None:
        super().keep(failed)
        self._typed["urls"] = "\n".join(outcome.source.name for outcome in failed)


class ArticleForm(forms.Form):
    """All that can be corrected in an article. ``revision`` is the edit that the form was filled from."""

    outlet = LineField(max_length=120, label="Outlet", error_messages=NO_OUTLET)
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

    def save(self, article: Article) -> None:
        """Raises EditedMeanwhile when the article is not as it was when the form was filled."""
        from claims.pipeline.language import detect  # its model is large

        given = dict(self.cleaned_data)
        given["outlet"] = Outlet.objects.get_or_create(name=given["outlet"])[0]
        given["language"] = given["language"] or detect(given["text"])
        article.edit(given.pop("revision"), **given)

    def tell_conflict(self, current: Article) -> None:
        """Keep what was typed, say that it would replace what another person saved, and let the next saving do so."""
        self.data = {**self.data.dict(), "revision": current.revision}  # type: ignore[attr-defined]
        self.add_error(None, CONFLICT)

    @classmethod
    def of(cls, article: Article) -> ArticleForm:
        fields = {name: getattr(article, name) for name in cls.base_fields if name != "outlet"}
        return cls(initial=fields | {"outlet": article.outlet.name})
