"""The record as PDF: tagged, with an outline, fonts and the audit trail in it."""

from __future__ import annotations

from datetime import datetime

from claims.review.record import Record

from .report import Report
from .telling import tell


def as_pdf(record: Record, made_at: datetime) -> bytes:
    from .paper.sheets import Paper

    paper = Paper(record.title, record.newsroom)
    tell(Report(record, made_at), paper, with_trail=True)
    return paper.bytes()
