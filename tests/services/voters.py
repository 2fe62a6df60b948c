"""People who judge over HTTP as fast as they can, each in a browser of their own, and what must be stored afterwards.

Each remembers every answer that the program said it counted. ``what_is_wrong`` holds that against the database.
"""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from tests.browser.site import Site

#: A session of so many items (all that its story gives, where that is less) and people who are logged in.
MAKE = """
import json
from django.conf import settings
from django.test import Client
from tests.factories import make_compared_story
from tests.review.makers import make_people, make_session
story = make_compared_story(outlets={outlets}, sentences={sentences}, shared={shared}, title="Judged by many")
people = make_people(story, {people})
session = make_session(story, people, rows="sample", sample_size={items})
def cookie(member):
    client = Client()
    client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies["sessionid"].value
cookies = [[member.number, cookie(member)] for member in people]
print(json.dumps({{
    "address": session.get_absolute_url(), "pk": session.pk, "items": session.items.count(), "people": cookies,
}}))
"""
STORED = """
import json
from claims.models import ReviewSession, Verdict
from claims.review import settling
session = ReviewSession.objects.get(pk={pk})
kept = session.tally
session.recount()
votes = Verdict.objects.filter(item__session=session).values_list(
    "participant__membership__number", "item__number", "version", "gist", "is_current", "undone_at")
print(json.dumps({{
    "votes": [[*row[:-1], row[-1] is not None] for row in votes],
    "actions": [entry.payload["action"] for entry in session.audit_entries.all()],
    "tally": kept == session.tally, "faults": settling.faults(session.pk), "length": session.chain_length,
}}))
"""
#: What the next page says of an answer.
SAID = {
    "same agree": "same claim, agrees",
    "same diverge number": "same claim, diverges: number",
    "apart": "not the same claim",
    "absent": "only here",
    "unsure": "unsure",
}
#: Out of a hundred, how often somebody does something else than to answer what is before them.
TWICE, CHANGES, BACK, UNDOES, CROWD = 10, 10, 5, 5, 10


@dataclass
class Vote:
    """``token``: of the form that was counted; none where the program had to think one up."""

    item: int
    version: int
    gist: str
    token: str | None
    is_current: bool = True
    is_undone: bool = False


class Browser:
    """Connections that stay open, and cookies. A request that finds its connection closed is sent once more."""

    def __init__(self, origin: str, cookies: dict[str, str]) -> None:
        self._host = origin.partition("://")[2]
        self._cookies = cookies
        self._open: list[http.client.HTTPConnection] = [self._connect(), self._connect()]

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._host, timeout=120)

    def get(self, address: str) -> tuple[int, str, str]:
        return self._read(0, self._send(0, "GET", address))

    def post(self, address: str, form: dict[str, Any], times: int = 1) -> list[tuple[int, str, str]]:
        """The status, the place it leads to and the text of each answer; twice at once is what a double click does."""
        sent = [self._send(n, "POST", address, form) for n in range(times)]
        return [self._read(n, request) for n, request in enumerate(sent)]

    def _send(self, n: int, method: str, address: str, form: dict[str, Any] | None = None) -> tuple[Any, ...]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "HX-Request": "true",
        }
        body = None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": self._cookies["csrftoken"]}
            body = urlencode(form, doseq=True)
        try:
            self._open[n].request(method, address, body, headers)
        except (ConnectionError, http.client.HTTPException):
            self._again(n, method, address, body, headers)
        return method, address, body, headers

    def _again(self, n: int, *request: Any) -> None:
        self._open[n].close()
        self._open[n] = self._connect()
        self._open[n].request(*request)

    def _read(self, n: int, request: tuple[Any, ...]) -> tuple[int, str, str]:
        try:
            answer = self._open[n].getresponse()
        except (ConnectionError, http.client.HTTPException):
            self._again(n, *request)
            answer = self._open[n].getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer.status, answer.headers.get("Location", ""), text


@dataclass
class Voter:
    """Somebody in a session, by their number in the newsroom. ``seconds``: of each answer, and of its next item."""

    number: int
    browser: Browser
    address: str
    items: int
    chance: random.Random
    votes: list[Vote] = field(default_factory=list)
    seconds: list[tuple[float, float]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _page: str = ""
    _at: int = 1

    def go_on(self, until: float, steps: int, pause: float) -> None:
        try:
            self._open(1)  # everyone begins with the same item
            while steps > 0 or time.monotonic() < until:
                self._do_something()
                steps -= 1
                time.sleep(pause * self.chance.random() * 2)
        except Exception as error:  # what a thread raises is lost otherwise
            self.problems.append(repr(error))

    def _open(self, number: int) -> None:
        self._at = number
        status, _, self._page = self.browser.get(f"{self.address}items/{number}/")
        check(status == 200, f"item {number} is answered with {status}: {self._page[:300]}")

    def _do_something(self) -> None:
        roll = self.chance.randrange(100)
        if roll < UNDOES and any(vote.is_current for vote in self.votes):
            self._undo()
        elif roll < UNDOES + CROWD:
            self._open(self.chance.randint(1, min(5, self.items)))
            self._answer(self._gist())
        elif roll < UNDOES + CROWD + TWICE:
            self._answer(self._gist(), times=2)
        elif roll < UNDOES + CROWD + TWICE + BACK:
            page, at = self._page, self._at
            self._answer(self._gist())
            self._page, self._at = page, at
            self._answer(self._gist())
        elif roll < UNDOES + CROWD + TWICE + BACK + CHANGES and self.votes:
            self._open(self.chance.choice(self.votes).item)
            self._answer(self._gist())
        else:
            self._answer(self._gist())

    def _gist(self) -> str:
        if 'value="absent"' in self._page:
            return self.chance.choice(["absent", "unsure"])
        return self.chance.choice(["same agree", "same diverge number", "apart", "unsure"])

    def _answer(self, gist: str, times: int = 1) -> None:
        """Press a button on the page before me; then the next item is before me."""
        item, words = self._at, gist.split()
        form: dict[str, Any] = {name: _field(name, self._page) for name in ("token", "fingerprint", "then")}
        form |= {"answer": words[1] if words[0] == "same" else words[0], "kinds": words[2:]}
        start = time.perf_counter()
        answers = self.browser.post(f"{self.address}items/{item}/vote/", form, times)
        answered = time.perf_counter()
        for status, _, text in answers:
            check(status == 302, f"a vote is answered with {status}: {text[:300]}")
        self._count(item, gist, form["token"])
        self._follow(answers[0][1])
        if times == 1:
            self.seconds.append((answered - start, time.perf_counter() - answered))
        check(f"Item {item}: {SAID[gist]}." in self._page, f"the page does not say that item {item} is {gist}")

    def _count(self, item: int, gist: str, token: str) -> None:
        mine = [vote for vote in self.votes if vote.item == item]
        current = next((vote for vote in mine if vote.is_current), None)
        if current and (current.gist, current.token) == (gist, token):
            return
        if current:
            current.is_current = False
        is_known = any(vote.token == token for vote in self.votes)
        self.votes.append(Vote(item, len(mine) + 1, gist, None if is_known else token))

    def _undo(self) -> None:
        [(status, place, text)] = self.browser.post(f"{self.address}undo/", {})
        check(status == 302, f"undo is answered with {status}: {text[:300]}")
        last = next(vote for vote in reversed(self.votes) if vote.is_current)
        last.is_current, last.is_undone = False, True
        before = [vote for vote in self.votes if vote.item == last.item and not vote.is_undone]
        if before:
            before[-1].is_current = True
        self._follow(place)
        check(f"Your answer to item {last.item} was taken back." in self._page, "the page does not say what was undone")

    def _follow(self, place: str) -> None:
        """To the item that comes next; to any, where nothing is left."""
        if "/judge/" in place:
            _, place, _ = self.browser.get(place)
        found = re.search(r"/items/(\d+)/$", place)
        self._open(int(found[1]) if found else self.chance.randint(1, self.items))


class Unexpected(Exception):
    """The program did not do what it should; ``str(error)`` says what."""


def check(is_right: bool, otherwise: str) -> None:
    if not is_right:
        raise Unexpected(otherwise)


def _field(name: str, page: str) -> str:
    """What the ballot's field holds; the first of this name on the page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    return found[1] if found else ""


@dataclass
class Poll:
    """``voters``: everyone, with what they remember."""

    site: Site
    session: int
    voters: Sequence[Voter]

    @property
    def counted(self) -> int:
        return sum(len(voter.votes) for voter in self.voters)

    @property
    def undone(self) -> int:
        return sum(vote.is_undone for voter in self.voters for vote in voter.votes)

    def what_is_wrong(self) -> list[str]:
        """Every difference between what people were told and what is stored."""
        stored = self.site.rows(STORED.format(pk=self.session))
        told = {
            (voter.number, vote.item, vote.version, vote.gist, vote.is_current, vote.is_undone)
            for voter in self.voters
            for vote in voter.votes
        }
        there = [tuple(row) for row in stored["votes"]]
        actions = ["opened", *["judged"] * self.counted, *["undid"] * self.undone]
        return [
            *[f"{voter.number}: {problem}" for voter in self.voters for problem in voter.problems],
            *[f"lost: {vote}" for vote in sorted(told - set(there))],
            *[f"nobody's: {vote}" for vote in sorted(set(there) - told)],
            *([f"{len(there)} votes are stored, {len(set(there))} different ones"] if len(there) > len(told) else []),
            *([] if stored["tally"] else ["the pages count other votes than there are"]),
            *([] if sorted(stored["actions"]) == sorted(actions) else ["the audit trail tells of other votes"]),
            *([] if stored["length"] == len(actions) else ["the audit trail has another length than it says"]),
            *stored["faults"],
        ]


def vote_at_once(
    site: Site, *, seconds: float = 0.0, steps: int = 0, people: int = 20, pause: float = 0.0, **made: int
) -> Poll:
    """``people`` judge for so long, and until each has done ``steps`` things.

    ``pause``: seconds between two of them, on average. ``made``: the size of the story and of the session.
    """
    size = {"outlets": 3, "sentences": 20, "shared": 14, "items": 60} | made
    room = site.rows(MAKE.format(people=people, **size))
    voters = []
    for number, cookie in room["people"]:
        browser = Browser(site.origin, {"sessionid": cookie})
        voters.append(Voter(number, browser, room["address"], room["items"], random.Random(number)))
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=voter.go_on, args=[until, steps, pause]) for voter in voters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Poll(site, room["pk"], voters)
