"""The times that a text names: days, weeks, months, years and times of day, resolved against the article's own date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Grain = Literal["day", "week", "month", "year", "clock"]
Days = tuple[date, date]

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_SHORT_MONTHS = {m[:3]: i for i, m in enumerate(MONTHS, 1)}
_SHORT_WEEKDAYS = {d[:3]: i for i, d in enumerate(WEEKDAYS)}
_WORDS_TO_TEN = dict(zip("a two three four five six seven eight nine ten".split(), range(1, 11), strict=True))

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DATE = re.compile(
    rf"""\b(?:
      (?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)
    | (?P<numeric>\d\d?[-/.]\d\d?[-/.]{_YEAR})(?!\d)
    | (?P<d1>\d\d?)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?!\w)(?:,?\s+(?P<y1>{_YEAR})\b)?
    | (?P<m2>{_MONTH})\s+(?P<d2>\d\d?)(?:st|nd|rd|th)?(?![\d%])(?!,\d)(?:,?\s+(?P<y2>{_YEAR})\b)?
    | (?i:(?:in|since|by|until|during|last|next|early|late|this|(?:end|start|beginning|middle)\s+of)\s+|mid-)
        (?i:(?:early|late|mid)[\s-])?
        (?P<m3>{_MONTH})(?!\w)(?:,?\s+(?P<y3>{_YEAR})\b)?
    | (?P<m4>{_MONTH}),?\s+(?P<y4>{_YEAR})\b
    | (?:(?P<turn>last|next|this)\s+)?(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!s)
        |(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri)\.)
    | (?P<relative>(?i:today|tonight|yesterday|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening)
        |(?:last|next|this)\s+(?:week(?!end)|month|year)|overnight|(?:over|at|last|this|next)\s+(?:the\s+)?weekend))\b
    | (?i:the\s+)?(?P<step>(?i:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d\d?)\s+(?:day|week)s?
        \s+(?:later|earlier)|(?:next|following|previous|same)\s+(?:day|week)))\b
    | (?P<ago>(?i:a|two|three|four|five|six|seven|eight|nine|ten|\d\d?))\s+(?P<unit>(?i:day|week|month|year))s?
        \s+(?i:ago)\b
    | (?P<clock>(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?)\s?(?P<half>[ap]m\b|[ap]\.\s?m\.)
    | (?P<clock24>(?:[01]?\d|2[0-3]):[0-5]\d)(?![:\d])
    | (?P<clock4>(?:[01]\d|2[0-3])[0-5]\d)(?=\s?(?:GMT|UTC|[ECMP][SD]T|BST|CES?T|local\s+time|hrs|hours)\b)
    | (?P<named>(?i:noon|midnight))\b
    | (?P<year>{_YEAR})(?![\d%–—/,.-]*\d)(?!s\b)(?!\s+(?:people|men|women|troops|soldiers|dead)\b)
    )""",
    re.VERBOSE,
)
_ABOUT = re.compile(
    r"\b(?:(about|around|approximately|roughly|(?:shortly|just) (?:before|after))|before|after|by|until) $"
)
_WHOLE_DAY = 24 * 60
#: Minutes that a zone's clock is ahead of Greenwich; "ET" and its like are either an hour's: summer time is not known.
_ZONES = {
    "gmt": 0, "utc": 0, "bst": 60, "cet": 60, "cest": 120, "est": -300, "edt": -240, "et": -270, "cst": -360,
    "ct": -330, "mt": -390, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420, "pt": -450, "ist": 330, "jst": 540, "aest": 600,
}  # fmt: skip
_ZONE = re.compile(rf"\s?\(?({'|'.join(sorted(_ZONES, key=len, reverse=True)).upper()}|local time)\b")
#: The hour at which an entry of a live blog was posted is no hour of what it tells.
_POSTED = re.compile(r"(?:^|\n)[ \t\[(•*-]*(?:(?:(?:last )?updated|published|posted)(?: at)?:? *)?$", re.IGNORECASE)
_AFTER_STAMP = re.compile(r"[\])]?[ \t]*(?:[:|–—-]|(?=[A-Z“\"\n])|$)")
#: A day told by its distance from another is that of the day named last, so many characters before at most.
_ANCHOR_REACH = 300


@dataclass(frozen=True, slots=True)
class When:
    """A time that the text names, in article offsets.

    ``days``: the stretches of days that it can mean (empty when they cannot be known without the article's date).
    ``label``: what it says by itself, comparable without a calendar: "monday", "03-04", "july", "2018".
    ``minutes``: for a time of day, minutes since midnight; ``slack`` the minutes that "about" leaves open; ``zone``:
    whose clock it is, "GMT", "local time", or "" where that is not told.
    """

    start: int
    end: int
    text: str
    grain: Grain
    label: str
    days: tuple[Days, ...] = ()
    minutes: int = -1
    slack: int = 0
    zone: str = ""

    @property
    def universal(self) -> int | None:
        """The minutes on the clock of Greenwich; None where the zone is not known."""
        ahead = _ZONES.get(self.zone.lower())
        return None if ahead is None else (self.minutes - ahead) % _WHOLE_DAY

    @property
    def value(self) -> str:
        if self.grain == "clock":
            return f"{self.minutes // 60:02d}:{self.minutes % 60:02d} {self.zone}".rstrip()
        stretches = (low.isoformat() if low == high else f"{low}/{high}" for low, high in self.days)
        return " or ".join(stretches) or self.label


def read(text: str, published_at: datetime | None = None) -> tuple[When, ...]:
    """The times that ``text`` names, as one who wrote on ``published_at`` means them."""
    today = published_at.date() if published_at else None
    found: list[When] = []
    for match in _DATE.finditer(text):
        when = _step(match, found, text) if match["step"] else _read_match(match, today, text)
        if when is not None:
            found.append(when)
    return tuple(found)


def _step(m: re.Match[str], before: list[When], text: str) -> When | None:
    """ "Two days later", "the next day": so far from the last day named shortly before."""
    words = m["step"].lower().split()
    named = next((w for w in reversed(before) if w.grain == "day"), None)
    if named is None or named.end < m.start() - _ANCHOR_REACH or "\n" in text[named.end : m.start()]:
        return None
    count = int(words[0]) if words[0].isdigit() else _WORDS_TO_TEN.get("a" if words[0] == "one" else words[0], 1)
    back = words[-1] == "earlier" or words[0] == "previous"
    shift = 0 if words[0] == "same" else (-count if back else count) * (7 if words[1].startswith("week") else 1)
    slack = timedelta(days=1 if words[1].startswith("week") else 0)
    try:
        days = tuple(
            (low + timedelta(days=shift) - slack, high + timedelta(days=shift) + slack) for low, high in named.days
        )
    except OverflowError:
        return None
    label = WEEKDAYS[(WEEKDAYS.index(named.label) + shift) % 7] if named.label in WEEKDAYS else " ".join(words)
    return When(m.start(), m.end(), m.group(), "day", label, days) if days or label in WEEKDAYS else None


def _read_match(m: re.Match[str], today: date | None, text: str) -> When | None:
    kind = m.lastgroup
    if kind in ("clock", "half", "clock24", "clock4", "named"):
        if _POSTED.search(text, max(0, m.start() - 30), m.start()) and _AFTER_STAMP.match(text, m.end()):
            return None
        zone = _ZONE.match(text, m.end())
        end = zone.end() if zone else m.end()
        at = (m.start(), end, text[m.start() : end])
        about = _ABOUT.search(text, max(0, m.start() - 20), m.start())
        return _clock(m, at, about, zone[1] if zone else "")
    at = (m.start(), m.end(), m.group())
    try:
        grain, label, days = _calendar(m, today)
    except (ValueError, OverflowError):
        return None
    return When(*at, grain, label, days)


def _calendar(m: re.Match[str], today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:  # noqa: PLR0911
    """What a date says; ValueError for a day that no calendar has."""
    if m["iso"]:
        return _one_day(date.fromisoformat(m["iso"]))
    if m["numeric"]:
        first, second, year = (int(part) for part in re.split(r"[-/.]", m["numeric"]))
        days = {_safe_date(year, second, first), _safe_date(year, first, second)} - {None}
        return "day", m["numeric"], tuple((d, d) for d in sorted(filter(None, days)))
    for number in "12":
        if m["d" + number]:
            year_text = m["y" + number]
            return _day_of_month(
                int(m["d" + number]), _month(m["m" + number]), int(year_text) if year_text else 0, today
            )
    for number in "34":
        if m["m" + number]:
            year_text = m["y" + number]
            return _whole_month(_month(m["m" + number]), int(year_text) if year_text else 0, today)
    if m["weekday"]:
        return _weekday(_SHORT_WEEKDAYS[m["weekday"][:3].lower()], m["turn"], today)
    if m["ago"]:
        count = m["ago"].lower()
        return _ago(int(count) if count.isdigit() else _WORDS_TO_TEN[count], m["unit"].lower(), today)
    if m["relative"]:
        words = " ".join(m["relative"].lower().split())
        return _loose(words, today) or _relative(words, today)
    return _whole_year(int(m["year"]))


def _one_day(day: date) -> tuple[Grain, str, tuple[Days, ...]]:
    return "day", day.isoformat(), ((day, day),)


def _safe_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _SHORT_MONTHS[name[:3].lower()]


def _day_of_month(day: int, month: int, year: int, today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:
    label = f"{month:02d}-{day:02d}"
    date(2024, month, day)  # a leap year: ValueError for the 31st of April
    if year:
        return _one_day(date(year, month, day))
    years = (today.year - 1, today.year, today.year + 1) if today else ()
    days = (_safe_date(y, month, day) for y in years)
    near = [d for d in days if d and today and abs((d - today).days) <= 183]
    return "day", label, tuple((d, d) for d in near)


def _whole_month(month: int, year: int, today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:
    label = MONTHS[month - 1] + (f" {year}" if year else "")
    years = (year,) if year else (today.year - 1, today.year, today.year + 1) if today else ()
    return "month", label, tuple((date(y, month, 1), _month_end(y, month)) for y in years)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _whole_year(year: int) -> tuple[Grain, str, tuple[Days, ...]]:
    return "year", str(year), ((date(year, 1, 1), date(year, 12, 31)),)


def _weekday(number: int, turn: str | None, today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:
    """The nearest such days before and after ``today``: whether the past or the future is meant is left open."""
    label = WEEKDAYS[number]
    if today is None:
        return "day", label, ()
    before = today - timedelta(days=(today.weekday() - number) % 7)
    after = today + timedelta(days=(number - today.weekday()) % 7)
    days = {before, after}
    if turn or before == after:  # "last Monday" on a Monday, or said on Tuesday of the one before yesterday's
        days |= {before - timedelta(days=7), after + timedelta(days=7)}
    return "day", label, tuple((d, d) for d in sorted(days))


def _loose(words: str, today: date | None) -> tuple[Grain, str, tuple[Days, ...]] | None:
    """ "Overnight" and "at the weekend", with a day to spare on either side."""
    if words.endswith("weekend"):
        return "day", "weekend", _weekends(words.split()[0], today)
    if words == "overnight":
        return "day", words, ((today - timedelta(days=2), today + timedelta(days=1)),) if today else ()
    return None


def _relative(words: str, today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:
    turn, _, unit = words.partition(" ")
    shift = {"last": -1, "next": 1}.get(turn, 0)
    if unit == "week":
        return "week", words, _weeks(today, shift)
    if unit == "month" and today:
        month = today.year * 12 + today.month - 1 + shift
        year, month = month // 12, month % 12 + 1
        return "month", words, ((date(year, month, 1), _month_end(year, month)),)
    if unit == "year" and today:
        return "year", words, _whole_year(today.year + shift)[2]
    if unit in ("month", "year"):
        return ("month" if unit == "month" else "year"), words, ()
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(words, 0)
    # A day of slack on both sides: the desk's clock, the reader's and the event's may show different dates.
    around = tuple(today + timedelta(days=shift + d) for d in (-1, 1)) if today else ()
    return "day", words, ((around[0], around[1]),) if around else ()


def _weeks(today: date | None, shift: int) -> tuple[Days, ...]:
    """The week that is meant, first as one from Monday, then as one from Sunday."""
    if today is None:
        return ()
    monday = today + timedelta(days=7 * shift - today.weekday())
    sunday = today + timedelta(days=7 * shift - (today.weekday() + 1) % 7)
    return tuple((first, first + timedelta(days=6)) for first in (monday, sunday))


def _weekends(turn: str, today: date | None) -> tuple[Days, ...]:
    """The weekends that may be meant, each with the evening before and the morning after it."""
    if today is None:
        return ()
    friday = today - timedelta(days=(today.weekday() - 4) % 7)
    shifts = {"last": (-7, 0), "next": (7, 14), "this": (0, 7)}.get(turn, (-7, 0, 7))
    return tuple((friday + timedelta(days=s), friday + timedelta(days=s + 3)) for s in shifts)


def _ago(count: int, unit: str, today: date | None) -> tuple[Grain, str, tuple[Days, ...]]:
    grains: dict[str, Grain] = {"day": "day", "week": "week", "month": "month", "year": "year"}
    length, slack = {"day": (1, 1), "week": (7, 4), "month": (30, 20), "year": (365, 200)}[unit]
    label = f"{count} {unit}s ago"
    if today is None:
        return grains[unit], label, ()
    centre = today - timedelta(days=count * length)
    return grains[unit], label, ((centre - timedelta(days=slack), centre + timedelta(days=slack)),)


def _clock(m: re.Match[str], at: tuple[int, int, str], about: re.Match[str] | None, zone: str) -> When | None:
    if m["named"]:
        minutes, label = (720 if m["named"].lower() == "noon" else 0), "24"
    else:
        written = f"{m['clock4'][:2]}:{m['clock4'][2:]}" if m["clock4"] else m["clock"] or m["clock24"]
        hour, _, minute = written.replace(".", ":").partition(":")
        minutes, label = int(hour) * 60 + int(minute or 0), "24"
        if m["half"]:
            minutes = minutes % 720 + (720 if m["half"][0] in "pP" else 0)
        elif minutes < 13 * 60 and not (zone or m["clock4"]):
            label = "12"  # "8:40" may be the morning or the evening
    exactness = 30 if minutes % 60 == 0 else 15 if minutes % 30 == 0 else 5
    slack = 0 if about is None else exactness if about[1] else _WHOLE_DAY  # "after six" may be any time after it
    if zone in ("ET", "CT", "MT", "PT"):
        slack += 30
    return When(*at, "clock", label, (), minutes, slack, zone)
