"""The record as one HTML page that opens offline: no script, nothing from elsewhere, everything escaped."""

from __future__ import annotations

from datetime import datetime

from django.template.loader import render_to_string

from claims.pipeline.types import Sentence
from claims.presentation.quotes import marked
from claims.review.record import Record

from .report import Report, Shown
from .xml import legal


def as_html(record: Record, made_at: datetime) -> bytes:
    report = Report(record, made_at)
    items = [(entry, [(side, highlighted(side)) for side in entry.sides]) for entry in report.items]
    return legal(render_to_string("exports/session.html", {"report": report, "items": items})).encode()


def highlighted(side: Shown) -> str:
    return marked(Sentence("", 0, 0, len(side.text), side.text, "claim"), side.spans)
