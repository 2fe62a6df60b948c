"""Moments as files, pages and feeds write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

ZONE_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.I)


def read_time(value: object) -> datetime | None:
    """The moment that an ISO 8601 or e-mail date names, always with a time zone (UTC where it names none).

    A bare day becomes its noon, so that no reader's time zone moves it to another day.
    """
    told = str(value or "").strip()[:60]
    try:
        if re.fullmatch(r"\d{4}-?\d\d-?\d\d", told):
            return datetime.combine(date.fromisoformat(told), time(12), UTC)
        moment = datetime.fromisoformat(ZONE_NAME.sub("+00:00", told))
    except ValueError:
        try:
            moment = parsedate_to_datetime(told)
        except (ValueError, TypeError, IndexError):
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
