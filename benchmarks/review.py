"""Review sessions: twenty people who vote for a minute, and whether a large session stays as quick as a small one."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import ReviewSession
from claims.review import settling, voting
from tests.browser.site import Site
from tests.factories import make_compared_story
from tests.review.makers import judges_of, make_people, make_session
from tests.services.postgres import own_database
from tests.services.voters import Browser, vote_at_once

from .pages import server
from .screen import on_screen
from .timing import side_by_side, table

PEOPLE, SECONDS = 20, 60.0
HTMX = {"HX-Request": "true"}
Ask = Callable[[], Any]


def measure() -> str:
    return "\n\n".join([*_sizes(), _voting()])


def _voting() -> str:
    """Without a pause between two answers, which asks for as much as the server can do."""
    rows = []
    for name in ("SQLite", "PostgreSQL"):
        with (
            tempfile.TemporaryDirectory() as folder,
            own_database("benchmark") if name == "PostgreSQL" else nullcontext("") as address,
        ):
            rows.append((name, *_vote(Site(Path(folder), address))))
    heads = ("20 people for a minute", "votes", "a second", "vote", "next item", "lost", "doubled", "other faults")
    return table(heads, rows)


def _vote(site: Site) -> tuple[str, ...]:
    try:
        site.start(compares=False)
        poll = vote_at_once(site, seconds=SECONDS, people=PEOPLE, outlets=20, sentences=60, shared=40, items=5000)
        wrong = poll.what_is_wrong()
        lost, doubled = (sum(line.startswith(word) for line in wrong) for word in ("lost", "nobody"))
        seconds = [spent for voter in poll.voters for spent in voter.seconds]
        votes, nexts = (_spread([pair[n] for pair in seconds]) for n in (0, 1))
        counts = (lost, doubled, len(wrong) - lost - doubled)
        return f"{poll.counted:,}", f"{poll.counted / SECONDS:.0f}", votes, nexts, *map(str, counts)
    finally:
        site.stop()


def _spread(seconds: list[float]) -> str:
    """ "40 ms, 95 % within 120 ms"."""
    return f"{median(seconds) * 1000:.0f} ms, 95 % within {quantiles(seconds, n=20)[-1] * 1000:.0f} ms"


@dataclass
class Room:
    """A session of which half is judged, and its first judge's browser. ``client`` asks in this process."""

    session: ReviewSession
    port: int
    client: Client = field(default_factory=partial(Client, headers={"Host": "localhost"}))
    numbers: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        person = self.session.participants.order_by("pk")[0].membership.person
        assert person
        self.client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        self.cookie = self.client.cookies["sessionid"].value
        self.browser = Browser(f"http://127.0.0.1:{self.port}", {"sessionid": self.cookie})
        self.items = list(self.session.items.live().values_list("number", "fingerprint"))
        self.browser.get(self.address("review_item", 1))

    def address(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.session.pk, *args])

    def read(self, address: str) -> None:
        status, _, text = self.browser.get(address)
        assert status == 200, (address, status, text[:300])

    def _item(self) -> tuple[int, str]:
        return self.items[next(self.numbers) % len(self.items)]

    def next_item(self) -> None:
        self.read(self.address("review_item", self._item()[0]))

    def vote(self) -> None:
        number, fingerprint = self._item()
        form = {"answer": "unsure", "token": uuid.uuid4(), "fingerprint": fingerprint, "then": 1}
        [(status, _, text)] = self.browser.post(self.address("review_vote", number), form)
        assert status == 302, (status, text[:300])

    def queries(self, ask: Ask) -> int:
        """Of the request, without those that begin and end a transaction."""
        with CaptureQueriesContext(connection) as found:
            ask()
        return sum(query["sql"].split()[0] not in {"BEGIN", "COMMIT"} for query in found)

    def vote_here(self) -> None:
        number, fingerprint = self._item()
        form = {"answer": "unsure", "token": str(uuid.uuid4()), "fingerprint": fingerprint, "then": 1}
        self.client.post(self.address("review_vote", number), form, headers=HTMX)


def _sizes() -> list[str]:
    call_command("migrate", verbosity=0)
    small = _make(outlets=3, sentences=36, shared=28, items=50, people=2)
    large = _make(outlets=20, sentences=60, shared=40, items=5000, people=PEOPLE)
    with server() as port:
        rooms = [Room(small, port), Room(large, port)]
        seen = _on_screen(port, rooms)
        rows = [_line("vote", [room.vote_here for room in rooms], [room.vote for room in rooms], rooms)]
        rows.append(_page("next item", "review_item", rooms, 7))
        rows.append(_page("session, blind", "review", rooms))
        rows.append(_page("list of items", "review_items", rooms))
        for room in rooms:
            settling.reveal(room.session.pk, room.session.created_by)
        rows.append(_page("session, revealed: with its figures", "review", rooms))
        rows.append(_page("item, revealed", "review_item", rooms, 7))
        rows.append(_page("list of what is disputed", "review_items", rooms, query="?show=disputed"))
        rows.append(_page("audit trail", "review_trail", rooms))
        rows.append(_page("export as JSON", "review_export", rooms, "json", repeats=5))
    heads = (
        "",
        "queries",
        "50 items, 2 people",
        "5,000 items, 20 people",
        "ratio",
        "× an empty view",
        "× one that knows who asks",
    )
    return [table(heads, rows), seen]


def _on_screen(port: int, rooms: Sequence[Room]) -> str:
    """Chromium is closed before Django is asked again, which refuses its database while Playwright's loop runs."""
    names = ("50 items, 2 people", "5,000 items, 20 people")
    starts = [(name, room.address("review_item", 1), room.cookie) for name, room in zip(names, rooms, strict=True)]
    return on_screen(f"http://127.0.0.1:{port}", starts)


def _make(outlets: int, sentences: int, shared: int, items: int, people: int) -> ReviewSession:
    """Each judge has accepted what the machine proposes in the first half of the items."""
    story = make_compared_story(outlets, sentences, shared, f"Judged by {people}")
    session = make_session(story, make_people(story, people), rows="sample", sample_size=items)
    assert session.items.count() == items
    for judge in judges_of(session):
        mine = session.items.filter(seats__participant=judge.participant, number__lte=items // 2)
        voting.accept_all(session.pk, judge, list(mine.values_list("number", flat=True)), 0.0, uuid.uuid4())
    return session


def _page(title: str, name: str, rooms: list[Room], *args: Any, query: str = "", repeats: int = 30) -> tuple[str, ...]:
    addresses = [room.address(name, *args) + query for room in rooms]
    here = [partial(room.client.get, address, headers=HTMX) for room, address in zip(rooms, addresses, strict=True)]
    there = [partial(room.read, address) for room, address in zip(rooms, addresses, strict=True)]
    return _line(title, here, there, rooms, repeats)


def _line(
    title: str, here: Sequence[Ask], there: Sequence[Ask], rooms: Sequence[Room], repeats: int = 30
) -> tuple[str, ...]:
    queries = [room.queries(ask) for room, ask in zip(rooms, here, strict=True)]
    yardsticks = [partial(rooms[1].read, address) for address in ("/empty/", "/empty-for-someone/")]
    small, large, nothing, someone = side_by_side(repeats, *there, *yardsticks)
    return (
        title,
        " / ".join(map(str, dict.fromkeys(queries))),
        f"{small * 1000:.1f} ms",
        f"{large * 1000:.1f} ms",
        f"{large / small:.1f}",
        f"{large / nothing:.1f}",
        f"{large / someone:.1f}",
    )
