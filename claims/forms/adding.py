"""Ways to add articles. They stand in one form of the page, so that no button loses what another's fields hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from claims.adding import Outcome, Source, add_articles, pasted, uploaded, web_page
from claims.models import Article, Membership, Story
from claims.pipeline.text import repair

from .fields import NO_OUTLET, ArticleTextField, LineField

MAX_URLS = 20


class AddForm(forms.Form):
    """One way. What could not be added is shown at the field ``told_at`` and stays in the form."""

    told_at: ClassVar[str]
    use_required_attribute = False  # the browser would ask for every way's fields, whichever button is pressed

    @classmethod
    def untouched(cls, typed: QueryDict, **kwargs: Any) -> Self:
        """The form as it was typed, unjudged: another way's button was pressed."""
        return cls(initial={name: typed.get(name, "") for name in cls.base_fields}, **kwargs)

    def sources(self) -> list[Source]:
        raise NotImplementedError

    def keep(self, failed: Sequence[Outcome]) -> None:
        for outcome in failed:
            name, error = outcome.source.name, outcome.error
            self.add_error(self.told_at, error if error.startswith(name) else f"{name}: {error}")


class PasteForm(AddForm):
    told_at = "text"
    outlet = LineField(
        max_length=120,
        label="Outlet",
        widget=forms.TextInput(attrs={"list": "outlet-names"}),
        error_messages=NO_OUTLET | {"max_length": "Use at most 120 characters; this name has %(show_value)d."},
    )
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
    told_at = "urls"
    urls = forms.CharField(
        label="Addresses",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One on each line. For a feed, its articles are offered.",
        error_messages={"required": "Enter the address of an article, one on each line."},
    )

    def clean_urls(self) -> list[str]:
        """The addresses, each once; the scheme may be left out."""
        typed = dict.fromkeys(self.cleaned_data["urls"].split())
        if len(typed) > MAX_URLS:
            raise ValidationError(f"These are {len(typed)} addresses; up to {MAX_URLS} can be read at a time.")
        return [url if "://" in url else f"https://{url}" for url in map(repair, typed)]

    def sources(self) -> list[Source]:
        return [web_page(url) for url in self.cleaned_data["urls"]]

    def keep(self, failed: Sequence[Outcome]) -> None:
        super().keep(failed)
        self._show([outcome.source.name for outcome in failed])

    def _show(self, urls: Sequence[str]) -> None:
        self.data = {**self.data, "urls": "\n".join(urls)}


class FeedForm(UrlsForm):
    """The boxes ticked among a feed's entries. What was typed among the addresses stays; what fails joins it."""

    urls = forms.CharField(required=False, label="Addresses", widget=forms.Textarea(attrs={"rows": 4}))
    entries = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    feed = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_urls(self) -> list[str]:
        return self.cleaned_data["urls"].split()

    def clean(self) -> None:
        given = super().clean() or self.cleaned_data
        if not 0 < len(given["entries"]) <= MAX_URLS:
            self._show([*given["urls"], given["feed"]])
            self.add_error("urls", f"Tick between 1 and {MAX_URLS} of the feed's articles: fetch it again to see them.")

    def sources(self) -> list[Source]:
        return [web_page(url, Article.Source.FEED) for url in self.cleaned_data["entries"]]

    def keep(self, failed: Sequence[Outcome]) -> None:
        typed = self.cleaned_data["urls"]
        super().keep(failed)
        self._show([*typed, *(outcome.source.name for outcome in failed)])


class AddForms:
    """All ways, by the name of their place in the page: paste, files, urls."""

    PLACES: ClassVar[dict[str, type[AddForm]]] = {"paste": PasteForm, "files": FilesForm, "urls": UrlsForm}
    BUTTONS: ClassVar[dict[str, type[AddForm]]] = {**PLACES, "feed": FeedForm}

    def __init__(self, typed: QueryDict | None = None, files: MultiValueDict | None = None) -> None:
        typed = typed or QueryDict()
        self.by_place = {place: form.untouched(typed, auto_id=f"{place}_%s") for place, form in self.PLACES.items()}
        button = typed.get("way", "")
        # Files are read whichever button was pressed: no form could hold them for later.
        self._pressed = [way for way in self.BUTTONS if way == button or (way == "files" and files)]
        for way in self._pressed:
            place = self._place(way)
            self.by_place[place] = self.BUTTONS[way](typed, files, auto_id=f"{place}_%s")

    @property
    def is_pressed(self) -> bool:
        return bool(self._pressed)

    @property
    def is_empty(self) -> bool:
        """Whether nothing in them waits for the reader."""
        return not any(form.is_bound or any(form.initial.values()) for form in self.by_place.values())

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.by_place.values())

    def add_to(self, story: Story, by: Membership) -> list[Outcome]:
        """Add what the pressed ways hold. What was added leaves its form; what failed stays, with the reason."""
        outcomes: list[Outcome] = []
        for way in self._pressed:
            place = self._place(way)
            form = self.by_place[place]
            if not form.is_valid():
                continue
            added = add_articles(story, form.sources(), by)
            form.keep([outcome for outcome in added if outcome.error])
            if not form.errors:
                typed = form.data.get("urls", "") if way == "feed" else ""
                self.by_place[place] = self.PLACES[place](initial={"urls": typed}, auto_id=f"{place}_%s")
            outcomes += added
        return outcomes

    def _place(self, way: str) -> str:
        return "urls" if way == "feed" else way
