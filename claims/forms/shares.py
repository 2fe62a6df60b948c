"""Links to a story or a review session, and comments through them."""

from __future__ import annotations

from django import forms

from claims.models.share import ShareComment
from claims.pipeline.text import repair

from .people import NameField

DAYS = ((1, "for a day"), (7, "for a week"), (30, "for 30 days"))


class ShareForm(forms.Form):
    days = forms.TypedChoiceField(coerce=int, choices=DAYS, initial=7, label="How long the link works")
    allows_comments = forms.BooleanField(required=False, label="Whoever has the link may write comments")


class SessionShareForm(ShareForm):
    shows_names = forms.BooleanField(
        required=False, label="Show the judges’ names. Otherwise readers see “judge 1”, “judge 2”"
    )


class CommentForm(forms.Form):
    name = NameField(
        max_length=120,
        label="Your name",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Say who you are."},
    )
    text = forms.CharField(
        max_length=5000,
        label="Your comment",
        widget=forms.Textarea({"rows": 5}),
        error_messages={
            "required": "Write a comment.",
            "max_length": "Use at most 5,000 characters; this comment has %(show_value)d.",
        },
    )

    def clean_text(self) -> str:
        return repair(self.cleaned_data["text"]).strip()

    def as_comment(self) -> ShareComment:
        """An unsaved row."""
        return ShareComment(name=self.cleaned_data["name"], text=self.cleaned_data["text"])
