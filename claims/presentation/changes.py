"""A wording with marks around what was changed in another to get it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.pipeline.diff import Change

#: What a screen reader says of marked words, whose look alone would not be heard.
REMOVED, ADDED, END = "[removed: ", "[added: ", "]"


def marked(changes: Iterable[Change], *, is_told: bool = False) -> SafeString:
    """The wording with ``<del>`` and ``<ins>``, whose spaces stand outside. ``is_told``: to screen readers as well."""
    parts: list[str] = []
    for change in changes:
        if change.operation == "equal":
            parts.append(escape(change.after))
            continue
        if change.before:
            space = " " if change.after or change.before[-1:].isspace() else ""
            if parts and not change.before[0].isalnum():  # a comma stands at the word before it
                parts[-1] = parts[-1].rstrip(" ")
            elif parts and parts[-1][-1:].isalnum():  # the other text ends here
                parts.append(" ")
            parts.append(f"{_mark('del', change.before.rstrip(), REMOVED if is_told else '')}{space}")
        if change.after:
            after = change.after.rstrip()
            parts.append(f"{_mark('ins', after, ADDED if is_told else '')}{escape(change.after[len(after) :])}")
    return mark_safe("".join(parts))  # noqa: S308 - all parts are escaped


def _mark(tag: str, text: str, says: str) -> str:
    return f"<{tag}>{hidden(says)}{escape(text)}{hidden(END)}</{tag}>" if says else f"<{tag}>{escape(text)}</{tag}>"


def hidden(text: str) -> str:
    return f'<span class="visually-hidden">{text}</span>'
