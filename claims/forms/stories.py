"""Stories: their title, and the search for them."""

from __future__ import annotations

from django import forms

from claims.models import Story
from claims.models.story import StoryQuerySet

from .fields import LineField


class StoryForm(forms.Form):
    title = LineField(
        max_length=200,
        label="What the story is about",
        error_messages={
            "required": "Give the story a title, for instance the event and the place.",
            "max_length": "Use at most 200 characters; this title has %(show_value)d.",
        },
    )


class StorySearchForm(forms.Form):
    """The address of a list of stories: ``?q=ferry&show=archived``. What makes no sense in it is left out."""

    q = LineField(required=False, label="Search stories")
    show = forms.ChoiceField(required=False, choices=[("", "Active"), ("archived", "Archived")], label="Show")

    @property
    def is_archive(self) -> bool:
        return self.is_valid() and self.cleaned_data["show"] == "archived"

    def stories(self) -> StoryQuerySet:
        self.full_clean()
        asked = self.cleaned_data
        which = Story.objects.archived() if asked.get("show") == "archived" else Story.objects.active()
        return which.search(asked.get("q", "")[:200]).with_counts()
