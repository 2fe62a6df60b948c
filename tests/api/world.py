"""A newsroom with one of everything, and tokens of its people."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import ApiToken, Job, Membership, ReviewSession, Story
from claims.policies import Role, Scope
from claims.review import settling
from claims.review.opening import Plan, open_session
from tests.factories import make_compared_story, make_member, make_newsroom
from tests.review.makers import UNSURE, compare_again, judge_of, vote

TEXT = "The ferry left at noon. A deckhand was hurt when a rope broke."


def token_for(member: Membership | None, scopes: Sequence[str] = tuple(Scope), days: int = 7) -> str:
    assert member
    assert member.person
    return ApiToken.objects.issue(member.person, "A test", list(scopes), days)[1]


@dataclass
class Program:
    """Whoever sends requests with a token; without one, nobody."""

    token: str = ""

    def send(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if isinstance(body, dict) and "file" in body:
            return Client().post(f"/api/v1/{address}", body, headers=headers)
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return Client().generic(method, f"/api/v1/{address}", data, "application/json", headers=headers)

    def get(self, address: str) -> Any:
        return self.send("GET", address)

    def ask(self, address: str, query: dict[str, str]) -> Any:
        return Client().get(f"/api/v1/{address}", query, headers={"Authorization": f"Bearer {self.token}"})

    def post(self, address: str, body: Any = None) -> Any:
        return self.send("POST", address, body)


@dataclass
class World:
    story: Story
    members: dict[str, Membership]
    outsider: Membership
    session: ReviewSession
    job: Job

    def program(self, role: str, *scopes: str) -> Program:
        member = self.outsider if role == "outsider" else self.members[role]
        return Program(token_for(member, scopes or tuple(Scope)))

    def address(self, route: str) -> str:
        """The route's address of this newsroom's things."""
        about = {
            "newsrooms": self.story.newsroom_id,
            "stories": self.story.pk,
            "articles": self.story.articles.all()[0].pk,
            "comparisons": self.session.comparison_id,
            "jobs": self.job.pk,
            "sessions": self.session.pk,
        }
        return route.format(pk=about.get(route.partition("/")[0]), number=self.item.number, name="json")

    @property
    def item(self) -> Any:
        return self.session.items.filter(sort="pair")[0]

    def body(self, operation: str) -> Any:
        """What the operation takes, if it takes something."""
        bodies: dict[str, Callable[[], dict[str, Any]]] = {
            "create_story": lambda: {"title": "Storm at Kestrel Bay", "newsroom": self.story.newsroom_id},
            "add_article": lambda: {"text": TEXT, "outlet": "Radio Kestrel"},
            "add_article_file": lambda: {"file": SimpleUploadedFile("kestrel.txt", TEXT.encode())},
            "cast_verdict": self.verdict,
            "write_note": lambda: {"text": "See page 3.", "token": str(uuid.uuid4())},
            "add_pair": lambda: {"comparison": self.session.comparison_id, "a": "0.1", "b": "1.5"},
            "open_review": lambda: {"title": "Once more"},
            "reopen": lambda: {"because": "A reader wrote in.", "to_judge": True},
            "decide": self.decision,
            "take_out_judge": lambda: {"person": self.members["reviewer"].pk},
            "catch_up_session": lambda: {"comparison": self.story.comparisons.order_by("-pk")[0].pk},
        }
        return bodies[operation]() if operation in bodies else None

    def prepare(self, operation: str) -> None:
        """Bring the session to where the operation can be done."""
        editor, judge = self.members["editor"], self.members["reviewer"]
        match operation:
            case "undo_verdict":
                for member in (judge, editor, self.members["admin"]):
                    vote(self.item, judge_of(self.session, member), UNSURE)
            case "seal" | "reopen" | "decide":
                settling.reveal(self.session.pk, editor)
            case "catch_up_session":
                compare_again(self.story)

    def decision(self, **given: Any) -> dict[str, Any]:
        return {"answer": "agree", "reason": "One event.", "fingerprint": self.item.fingerprint, **given}

    def verdict(self, **given: Any) -> dict[str, Any]:
        token = str(uuid.uuid4())
        return {"answer": "unsure", "fingerprint": self.item.fingerprint, "token": token, **given}


def make_world() -> World:
    newsroom = make_newsroom("Harbour Post")
    members = {role.label: make_member(newsroom, role) for role in Role}
    story = make_compared_story(outlets=2, sentences=8, shared=4)
    story.newsroom = newsroom
    story.save()
    session = open_session(story.comparisons.get(), members["editor"], Plan("Check", [*members.values()]))
    job = Job.objects.create(story=story, state=Job.State.FAILED, error="No memory.")
    outsider = make_member(make_newsroom("Daily Courier"), Role.ADMIN)
    return World(story, members, outsider, session, job)
