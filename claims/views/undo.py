"""Messages that carry the address which undoes what they tell of; templates/_includes/messages.html adds the button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest


def tell_with_undo(request: HttpRequest, text: str, undo_url: str) -> None:
    messages.success(request, text, extra_tags=undo_url)
