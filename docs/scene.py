"""What the pictures show: the sample story in a newsroom of invented people, judged, settled and sealed by them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from claims.comparison import compare_story
from claims.models import (
    ApiToken,
    Article,
    ClaimRow,
    Invitation,
    Membership,
    Newsroom,
    Person,
    ReviewItem,
    ReviewSession,
    ShareComment,
    ShareLink,
    Story,
)
from claims.policies import Role
from claims.review import settling, voting
from claims.review.ballot import Ballot
from claims.review.opening import Plan, open_session
from claims.review.proposals import Choice
from claims.review.voting import Judge
from tests.browser.ways import diverge_in_nothing, plan_badly, press_unchecked, see_what_would_be_accepted

#: Words of the two sentences of an item, and what a judge says of it; of all other items, what the comparison proposes.
Said = list[tuple[str, str, Ballot]]
APART, UNSURE = Ballot("apart"), Ballot("unsure")
ASHA: Said = [
    ("63 houses", "04:40", APART),
    ("Calloway, who investigated", "gate at Skellan Dam", APART),
    ("sirens", "Sirens", Ballot("same", "diverge", ("contradiction",))),
    ("couple in their eighties", "", UNSURE),
]
JONAS: Said = [
    ("63 houses", "04:40", APART),
    ("63 houses", "About 60 homes", Ballot("same", "diverge", ("number",))),
    ("Calloway, who investigated", "gate at Skellan Dam", APART),
    ("Calloway, who investigated", "An independent inquiry", APART),
    ("cylinder caused", "may have caused", Ballot("same", "agree")),
    ("sirens", "Sirens", Ballot("same", "diverge", ("contradiction", "attribution"))),
]
DECIDED: list[tuple[str, str, Ballot, str]] = [
    (
        "63 houses",
        "About 60 homes",
        Ballot("same", "agree"),
        "About 60 is 63, rounded. Both can be right.",
    ),
    (
        "cylinder caused",
        "may have caused",
        Ballot("same", "diverge", ("certainty",)),
        "One states the cause as a fact, the other as a possibility. Northmark Water is the source of both: ask it.",
    ),
]


@dataclass(frozen=True)
class Shot:
    """A page as ``who`` sees it, once ``do`` was done on it; ``who`` is a key of ``Scene.cookies``, or nobody."""

    path: str
    who: str = "maren"
    do: Callable[[Page], Any] | None = None


@dataclass
class Scene:
    cookies: dict[str, str] = field(default_factory=dict)
    shots: dict[str, Shot] = field(default_factory=dict)


def build() -> Scene:
    """Make all rows in the database that is set, the same ones each time; only the days move with the calendar."""
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    scene = Scene()
    with a_clock_that_ticks():
        room = Newsroom.objects.get()
        room.name = "Estuary Desk"
        room.save()
        members = {
            "maren": join(room, "Maren Holt", Role.ADMIN),
            "asha": join(room, "Asha Lindqvist", Role.REVIEWER),
            "jonas": join(room, "Jonas Pell", Role.REVIEWER),
            "rufus": join(room, "Rufus Dane", Role.VIEWER),
        }
        story = Story.objects.get()
        scene.shots |= story_shots(story) | session_shots(story, members) | people_shots(story, members["maren"])
    for name, member in members.items():
        client = Client()
        client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
        scene.cookies[name] = client.cookies["sessionid"].value
    return scene


@contextmanager
def a_clock_that_ticks() -> Iterator[None]:
    """People work from nine o'clock yesterday, and whatever they do takes half a minute."""
    start = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
    seconds = iter(range(0, 10**9, 31))
    with mock.patch.object(timezone, "now", side_effect=lambda: start + timedelta(seconds=next(seconds))):
        yield


def join(room: Newsroom, name: str, role: Role) -> Membership:
    is_first = not Person.objects.exclude(email=None).exists()
    person = Person.objects.local() if is_first else Person()
    person.name, person.email = name, f"{name.split()[0].lower()}@estuary.example"
    person.set_password(uuid.uuid4().hex)
    person.save()
    return room.memberships.get(person=person) if is_first else Membership.objects.join(room, person, role)


def story_shots(story: Story) -> dict[str, Shot]:
    """A story's own pages, and those of a second one that is not compared."""
    first = story.articles.all()[0]
    diverging = ClaimRow.objects.filter(comparison__story=story, relation="diverge").order_by("number")[0]
    begun = Story.objects.create(title="Fire on the ferry Northern Star", newsroom=story.newsroom)
    Article.objects.create(
        story=begun,
        outlet=first.outlet,
        source=Article.Source.PASTE,
        title="Ferry fire: all safe",
        text="All are safe.",
    )
    return {
        "stories": Shot(reverse("stories")),
        "overview": Shot(reverse("story", args=[story.pk])),
        "side-by-side": Shot(reverse("story_side_by_side", args=[story.pk])),
        "matrix": Shot(reverse("story_matrix", args=[story.pk])),
        "quotations": Shot(reverse("story_quotations", args=[story.pk])),
        "claim": Shot(reverse("claim", args=[story.pk, diverging.number])),
        "articles": Shot(reverse("story_articles", args=[story.pk])),
        "articles-begun": Shot(reverse("story_articles", args=[begun.pk])),
        "article": Shot(reverse("article", args=[first.pk])),
        "sentences": Shot(reverse("article_sentences", args=[first.pk])),
    }


def session_shots(story: Story, members: dict[str, Membership]) -> dict[str, Shot]:
    """A session that is being judged blind, one that is revealed, and one that is sealed."""
    judges = [members["asha"], members["jonas"]]
    blind = open_session(
        story.comparisons.get(),
        members["maren"],
        Plan("Flood page, second edition", judges, question="What may we print as settled?", due_on=None),
    )
    judge(blind, members["asha"], ASHA, most=9)
    judge(blind, members["jonas"], JONAS, most=4)
    revealed = open_session(
        story.comparisons.get(),
        members["maren"],
        Plan("Flood page, first edition", judges, question="What may we print as settled?"),
    )
    judge(revealed, members["asha"], ASHA)
    judge(revealed, members["jonas"], JONAS)
    note(revealed, members["jonas"], "63 houses", "About 60 homes", "The council counted 63; I rang them at ten.")
    settling.reveal(revealed.pk, members["maren"])
    for a, b, ballot, reason in DECIDED:
        decide(revealed, members["maren"], a, b, ballot, reason)
    sealed = open_session(
        story.comparisons.get(),
        members["maren"],
        Plan("What the front page says", judges, rows="filter", choice=Choice(relation="diverge")),
    )
    judge(sealed, members["asha"], [])
    judge(sealed, members["jonas"], [])
    settling.reveal(sealed.pk, members["maren"])
    settling.seal(sealed.pk, members["maren"])
    pair = item(blind, "16 March", "13 March")
    lone = item(blind, "couple in their eighties", "")
    disputed = item(revealed, "sirens", "Sirens")
    return {
        "sessions": Shot(reverse("story_reviews", args=[story.pk])),
        "session-new": Shot(reverse("review_open", args=[story.pk])),
        "session-new-wrong": Shot(reverse("review_open", args=[story.pk]), do=plan_badly),
        "session-change": Shot(reverse("review_edit", args=[blind.pk])),
        "session": Shot(blind.get_absolute_url(), "asha"),
        "session-lead": Shot(blind.get_absolute_url()),
        "session-viewer": Shot(blind.get_absolute_url(), "rufus"),
        "judging": Shot(pair.get_absolute_url(), "asha"),
        "judging-words": Shot(pair.get_absolute_url(), "asha", do=select_words),
        "judging-wrong": Shot(item(blind, "310 cubic", "310 cubic").get_absolute_url(), "jonas", do=diverge_in_nothing),
        "judging-answered": Shot(item(blind, "16 March", "13 March").get_absolute_url(), "asha", do=answer_unsure),
        "judging-lone": Shot(lone.get_absolute_url(), "jonas"),
        "judging-lone-search": Shot(lone.get_absolute_url() + "?in=0", "jonas"),
        "judging-keys": Shot(pair.get_absolute_url(), "asha", do=lambda page: page.keyboard.press("?")),
        "items": Shot(reverse("review_items", args=[blind.pk]), "jonas"),
        "items-accept": Shot(reverse("review_items", args=[blind.pk]), "jonas", do=accept_likely),
        "pair-add": Shot(reverse("review_add", args=[blind.pk]), "asha"),
        "trail-blind": Shot(reverse("review_trail", args=[blind.pk]), "asha"),
        "exports-blind": Shot(reverse("review_exports", args=[blind.pk]), "asha"),
        "session-revealed": Shot(revealed.get_absolute_url()),
        "items-disputed": Shot(reverse("review_items", args=[revealed.pk]) + "?show=disputed"),
        "deciding": Shot(disputed.get_absolute_url()),
        "decided": Shot(item(revealed, "63 houses", "About 60 homes").get_absolute_url()),
        "deciding-seen-by-judge": Shot(disputed.get_absolute_url(), "asha"),
        "session-sealed": Shot(sealed.get_absolute_url()),
        "sealed-item": Shot(sealed.items.all()[0].get_absolute_url()),
        "exports": Shot(reverse("review_exports", args=[sealed.pk])),
        "trail": Shot(reverse("review_trail", args=[sealed.pk]) + "?check=1"),
        **changed_shots(story, members),
    }


def changed_shots(story: Story, members: dict[str, Membership]) -> dict[str, Shot]:
    """A session on another story, one of whose articles was changed and compared again since."""
    other = Story.objects.create(title="Skellan Dam, as told on the second day", newsroom=story.newsroom)
    for article in story.articles.all():
        article.pk, article.story, article._state.adding = None, other, True
        article.save()
    compare_story(other)
    session = open_session(
        other.comparisons.all()[0],
        members["maren"],
        Plan("The second day", [members["asha"]], judges=1, is_blind=False),
    )
    judge(session, members["asha"], ASHA)
    changed = other.articles.all()[0]
    text = changed.text.replace("on 16 March", "on 13 March").replace("63 houses", "67 houses")
    changed.edit(changed.revision, text=text, by=members["maren"])
    compare_story(other)
    return {
        "versions": Shot(reverse("article_versions", args=[changed.pk])),
        "session-changed": Shot(session.get_absolute_url()),
        "catch-up": Shot(reverse("review_catch_up", args=[session.pk])),
    }


def people_shots(story: Story, maren: Membership) -> dict[str, Shot]:
    room = story.newsroom
    Invitation.objects.invite(room, "ines@estuary.example", Role.REVIEWER, maren)
    invited = Invitation.objects.invite(room, "tove@estuary.example", Role.EDITOR, maren)[1]
    link, _ = ShareLink.objects.share(story, maren, 7, allows_comments=True)
    ShareComment.objects.create(link=link, name="Fay Brook", text="The figure of 63 is the council’s: I have its list.")
    ShareLink.objects.share(story, maren, 30)[0].revoke()
    token, _ = ApiToken.objects.issue(maren.person, "Planning desk’s calendar", ["read"], 90)
    token.mark_used()
    shared = ShareLink.objects.share(story, maren, 7, allows_comments=True)[1]
    revealed = story.review_sessions.get(state=ReviewSession.State.REVEALED)
    judged = ShareLink.objects.share(revealed, maren, 7, allows_comments=True)[1]
    return {
        "threshold": Shot(reverse("story_threshold", args=[story.pk]), do=raise_threshold),
        "confirmed": Shot(reverse("newsroom_confirmed", args=[room.pk])),
        "share-session": Shot(reverse("review_share", args=[revealed.pk])),
        "shared-session": Shot(reverse("shared", args=[judged]), ""),
        "share": Shot(reverse("story_share", args=[story.pk])),
        "share-made": Shot(reverse("story_share", args=[story.pk]), do=press("Make a link")),
        "shared-story": Shot(reverse("shared", args=[shared]), ""),
        "newsroom": Shot(reverse("newsroom", args=[room.pk])),
        "newsroom-invited": Shot(reverse("newsroom", args=[room.pk]), do=invite),
        "newsroom-viewer": Shot(reverse("newsroom", args=[room.pk]), "rufus"),
        "newsroom-delete": Shot(reverse("newsroom_delete", args=[room.pk])),
        "newsrooms": Shot(reverse("newsrooms")),
        "account": Shot(reverse("account"), "asha"),
        "account-delete": Shot(reverse("account_delete"), "asha"),
        "invitation": Shot(reverse("invitation_link", args=[invited]), ""),
        "invitation-wrong": Shot(reverse("invitation_link", args=[invited]), "", do=press("Accept the invitation")),
        "login": Shot(reverse("login"), ""),
        "login-wrong": Shot(reverse("login"), "", do=log_in_wrongly),
        "forgotten": Shot(reverse("forgotten"), ""),
        "tokens": Shot(reverse("tokens")),
        "tokens-wrong": Shot(reverse("tokens"), do=press("Make a token")),
        "api": Shot(reverse("api_docs")),
        "send": Shot(reverse("send") + "?url=https://harbour-post.example/flood&title=Families+return+to+Brackenford"),
    }


# What is done on a page before it is shot


def press(name: str) -> Callable[[Page], Any]:
    return lambda page: press_unchecked(page, name)


def invite(page: Page) -> None:
    page.get_by_label("E-mail address").fill("olav@estuary.example")
    press("Invite")(page)


def log_in_wrongly(page: Page) -> None:
    page.get_by_label("E-mail address").fill("asha@estuary.example")
    page.get_by_label("Password").fill("wrong")
    press("Log in")(page)


def raise_threshold(page: Page) -> None:
    page.get_by_role("slider").fill("60")
    page.get_by_text("At 60%").first.wait_for()


def select_words(page: Page) -> None:
    for side, words in (("a", "16 March"), ("b", "13 March")):
        page.evaluate(SELECT, [side, words])
        page.wait_for_function("(side) => document.getElementById(`${side}-words`).value", arg=side)


SELECT = """([side, words]) => {
    const nodes = document.createTreeWalker(document.querySelector(`[data-side="${side}"]`), NodeFilter.SHOW_TEXT);
    while (nodes.nextNode() && !nodes.currentNode.data.includes(words));
    const text = nodes.currentNode, start = text.data.indexOf(words);
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, start + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


def accept_likely(page: Page) -> None:
    see_what_would_be_accepted(page, "0.7")


def answer_unsure(page: Page) -> None:
    page.keyboard.press("u")
    page.locator("#messages .message").wait_for()


# What people do in a session


def item(session: ReviewSession, a: str, b: str) -> ReviewItem:
    """The first item whose sentences hold these words."""
    found = session.items.live().filter(a_text__contains=a, b_text__contains=b)
    return found.filter(sort="lone" if not b else "pair")[0]


def seat(session: ReviewSession, member: Membership) -> Judge:
    return Judge(session.participants.get(membership=member).pk, member.pk, member.number)


def judge(session: ReviewSession, member: Membership, said: Said, most: int | None = None) -> None:
    by = seat(session, member)
    for it in session.items.live()[:most]:
        ballot = next((ballot for a, b, ballot in said if holds(it, a, b)), it.accepting)
        voting.vote(session.pk, it.number, by, lambda _, ballot=ballot: ballot, uuid.uuid4(), it.fingerprint)


def holds(it: ReviewItem, a: str, b: str) -> bool:
    return a in it.a_text and b in it.b_text and it.is_lone == (not b)


def note(session: ReviewSession, member: Membership, a: str, b: str, text: str) -> None:
    voting.write_note(session.pk, item(session, a, b).number, member.pk, member.number, text, uuid.uuid4())


def decide(session: ReviewSession, member: Membership, a: str, b: str, ballot: Ballot, reason: str) -> None:
    found = item(session, a, b)
    settling.adjudicate(session.pk, found.number, member, ballot, reason, found.fingerprint)
