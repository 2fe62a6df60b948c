"""A whole review session, each person in a browser of their own: through the pages, and by keyboard alone."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Download, Locator, Page, expect

from claims import sample

from . import ways
from .conftest import OpenPage
from .site import Site
from .test_accessibility import violations
from .test_people import PASSWORD, sign_up
from .test_review import answer, title

#: A sample that holds pairs and sentences that stand alone.
ITEMS, SEED = 8, 17
SAMPLE = "Draw a sample with pairs and lone sentences of which the new text touches some, and not the last pair."
MOST_TABS = 120
REASON = "Both name the same place and the same hour."
PAIRS = 3
#: A story of three pairs and six sentences that stand alone.
COMPARED = """
import json
from claims.models import Membership
from tests.factories import make_compared_story
story = make_compared_story(outlets=2, sentences=6, shared=3)
story.newsroom = Membership.objects.get(person__email="edda@{domain}").newsroom
story.save()
print(json.dumps({{"address": story.get_absolute_url()}}))
"""
ITEM = re.compile(r"/items/(\d+)/$")


@dataclass
class Desk:
    """An editor and two reviewers, each in a browser of their own, and the site they are on."""

    site: Site
    domain: str
    edda: Page
    bea: Page
    carl: Page


@pytest.fixture
def desk(site: Site, open_page: OpenPage) -> Desk:
    """A newsroom of its own. Whoever makes it on the server's command line then logs in and invites the others."""
    domain = f"{secrets.token_hex(4)}.example"
    given = ("createadmin", f"edda@{domain}", "--name", "Edda Vik", "--newsroom", f"Newsroom of {domain}")
    site.run("manage.py", *given, typed=PASSWORD)
    edda, bea, carl = (open_page(is_logged_in=False) for _ in range(3))
    log_in(edda, f"edda@{domain}")
    for page, email, name in ((bea, f"bea@{domain}", "Bea Lund"), (carl, f"carl@{domain}", "Carl Moe")):
        invite(edda, email)
        sign_up(page, mailed_link(site, email), name)
    return Desk(site, domain, edda, bea, carl)


def log_in(page: Page, email: str) -> None:
    page.goto("/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Stories")).to_be_visible()


def invite(admin: Page, email: str) -> None:
    admin.get_by_role("link", name="Newsroom", exact=True).click()
    admin.get_by_label("E-mail address").fill(email)
    admin.get_by_label("Role", exact=True).select_option(label="reviewer")
    admin.get_by_role("button", name="Invite").click()
    expect(admin.get_by_text("An e-mail with this link was sent")).to_be_visible()


def mailed_link(site: Site, email: str) -> str:
    """The link in the last e-mail to this address; the server writes e-mails to its standard output."""
    mail = site.log().rpartition(f"To: {email}")[2]
    found = re.search(r"http://\S+", mail)
    assert found, mail
    return found[0]


def open_blind_session(editor: Page) -> str:
    """On the story that is open; the session's address."""
    editor.get_by_role("link", name="Review", exact=True).click()
    editor.get_by_role("link", name="Open a session").click()
    editor.get_by_label("Title").fill("Before we print")
    editor.get_by_label("Question").fill("What may we print as settled?")
    editor.get_by_label("Edda Vik").uncheck()
    editor.get_by_label("A sample").check()
    editor.get_by_label("How many to draw").fill(str(ITEMS))
    editor.get_by_label("Seed").fill(str(SEED))
    editor.get_by_role("button", name="Open the session").click()
    expect(editor.get_by_text("The session is open.")).to_be_visible()
    return editor.url


def judge_all(judge: Page, session: str, differently: int = 0) -> list[int]:
    """Accept every item but ``differently``, which is said not to be one claim; the numbers as they came."""
    judge.goto(session)
    judge.get_by_role("link", name=re.compile("(Start|Go on) judging")).click()
    numbers = []
    while found := ITEM.search(judge.url):
        numbers.append(number := int(found[1]))
        kind = title(judge).inner_text().partition(": ")[2]
        pair = "Not the same claim" if number == differently else "Same claim, they agree"
        answer(judge, "Only here" if kind == "only here?" else pair)
        leave_item(judge, number)
    expect(judge.locator("#messages")).to_contain_text("everything that was dealt to you")
    return numbers


def download_items(page: Page, session: str) -> dict[int, dict[str, Any]]:
    """The items of the session's JSON file, by number."""
    page.goto(session)
    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.get_by_role("heading", name="Questions to the desks")).to_be_visible()
    assert violations(page) == [], "the export"
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("JSON")).first.click()
    return read_items(download.value)


def read_items(download: Download) -> dict[int, dict[str, Any]]:
    record = json.loads(download.path().read_text(encoding="utf-8"))
    return {item["number"]: item for item in record["items"]}


def verify(page: Page, session: str) -> None:
    page.goto(session)
    page.get_by_role("link", name="Audit trail").click()
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_text("Verified: the chain is whole")).to_be_visible()


def numbers_shown(page: Page, session: str, show: str) -> set[int]:
    page.goto(f"{session}items/?show={show}")
    return {int(re.sub(r"\D", "", link)) for link in page.locator(".item-number").all_inner_texts()}


def test_a_newsroom_judges_blind_settles_seals_exports_and_looks_again_at_what_changed(desk: Desk):
    edda, bea, carl = desk.edda, desk.bea, desk.carl
    story = compare_sample(edda)
    session = open_blind_session(edda)
    pairs = numbers_of_pairs(edda, session)
    disputed = pairs[-1]
    assert len(judge_all(bea, session)) == ITEMS
    for page in (carl, edda):
        check_nothing_shows(page, session, disputed, "Bea Lund")
    assert len(judge_all(carl, session, differently=disputed)) == ITEMS

    settle(edda, carl, session, disputed)
    items = download_items(edda, session)
    assert len(items) == ITEMS
    assert {len(item["votes"]) for item in items.values()} == {2}
    assert {vote["answer"] for vote in items[disputed]["votes"]} == {"same", "apart"}
    assert [decision["reason"] for decision in items[disputed]["decisions"]] == [REASON]
    assert [number for number, item in items.items() if item["is_disputed"]] == [disputed]
    verify(edda, session)

    side = items[pairs[0]]["a"]
    touched = {number for number, item in items.items() if is_touched(item, side)}
    assert {items[number]["sort"] for number in touched} == {"pair", "lone"}, SAMPLE
    assert {items[number]["sort"] for number in items.keys() - touched} == {"pair", "lone"}, SAMPLE
    assert disputed not in touched, SAMPLE
    change_sentence(edda, story, side)
    take_in_new_comparison(edda, session)
    assert numbers_shown(edda, session, "gone") == touched
    again = numbers_shown(edda, session, "again")
    for page in (bea, carl):
        assert set(judge_all(page, session)) == again, "what did not change keeps its votes"
    items = download_items(edda, session)
    assert sorted(items[number]["follows"] for number in again) == sorted(touched)
    assert {len(item["votes"]) for item in items.values()} == {2}
    assert [decision["reason"] for decision in items[disputed]["decisions"]] == [REASON]
    verify(edda, session)


def compare_sample(editor: Page) -> str:
    """The address of the sample story, made and compared through the pages."""
    editor.goto("/")
    ways.create_story(editor, "A dam opens, to be reviewed")
    for article in sample.read_articles():
        ways.paste(editor, article.outlet, article.text, article.title)
    ways.compare_and_arrive(editor)
    return editor.url


def check_nothing_shows(page: Page, session: str, number: int, name: str) -> None:
    """No page of a blind session may tell that this person voted."""
    for address in (session, f"{session}items/?show=all", f"{session}items/{number}/", f"{session}trail/"):
        page.goto(address)
        expect(page.locator("main")).not_to_contain_text(name)


def settle(editor: Page, judge: Page, session: str, disputed: int) -> None:
    """Reveal the votes, decide the one that is disputed, seal."""
    editor.goto(session)
    editor.get_by_role("button", name="End the votes and reveal them").click()
    judge.goto(f"{session}items/{disputed}/")
    said = judge.get_by_role("region", name="What the judges said")
    expect(said).to_contain_text("Bea Lund: same claim, agrees")
    expect(said).to_contain_text("Carl Moe: not the same claim")
    assert numbers_shown(editor, session, "disputed") == {disputed}
    editor.get_by_role("link", name=f"Item {disputed}", exact=True).click()
    editor.get_by_label("Why it is decided so").fill(REASON)
    editor.get_by_role("button", name="Same claim, they agree").click()
    expect(editor.locator("#messages")).to_contain_text(f"Item {disputed} is decided")
    editor.goto(session)
    editor.get_by_role("button", name="Seal the session").click()
    expect(editor.get_by_text("The session is sealed.")).to_be_visible()
    assert violations(editor) == [], "a sealed session"


def take_in_new_comparison(editor: Page, session: str) -> None:
    """A sealed session takes nothing in until it is reopened."""
    editor.goto(session)
    assert violations(editor) == [], "a session whose articles were compared again"
    editor.get_by_role("link", name="See which").click()
    expect(editor.get_by_text("The session is sealed.")).to_be_visible()
    editor.get_by_role("link", name=re.compile("^What .* changed$")).first.click()
    expect(editor.locator(".diff ins")).to_contain_text("it was said later")
    editor.go_back()
    assert violations(editor) == [], "what a new comparison would change"
    editor.goto(session)
    editor.get_by_text("Reopen", exact=True).click()
    editor.get_by_label("Why").fill("An outlet changed a sentence.")
    editor.get_by_role("button", name="Reopen to judge").click()
    editor.get_by_role("link", name="See which").click()
    editor.get_by_role("button", name="Take the new comparison in").click()
    expect(editor.get_by_text("What changed waits for another look.")).to_be_visible()


def numbers_of_pairs(editor: Page, session: str) -> list[int]:
    """The numbers of the session's items of two sentences."""
    editor.goto(f"{session}items/?show=all")
    lines = editor.locator(".item-line", has_not=editor.locator(".badge-unique")).locator(".item-number")
    return [int(re.sub(r"\D", "", line)) for line in lines.all_inner_texts()]


def is_touched(item: dict[str, Any], side: dict[str, Any]) -> bool:
    """Whether an item is about the changed sentence, or was sought in the changed article."""
    if item["b"] is None:
        return item["a"]["outlet"] != side["outlet"] or item["a"]["text"] == side["text"]
    return any((item[s]["outlet"], item[s]["text"]) == (side["outlet"], side["text"]) for s in "ab")


def change_sentence(editor: Page, story: str, side: dict[str, Any]) -> None:
    """As an outlet that adds to a sentence after publishing; then compare again."""
    editor.goto(f"{story}articles/")
    editor.get_by_role("link", name=side["outlet"]).first.click()
    text = editor.get_by_label("Text", exact=True)
    before = text.input_value()
    assert before.count(side["text"]) == 1
    text.fill(before.replace(side["text"], f"{side['text'].removesuffix('.')}, it was said later."))
    editor.get_by_role("button", name="Save").click()
    look_at_versions(editor)
    ways.compare_and_arrive(editor, "Compare again")


def look_at_versions(editor: Page) -> None:
    """From the article that was just saved, by keyboard, to what changed in it and what that touches."""
    press(editor, "link", re.compile("^Versions"))
    expect(editor.get_by_role("heading", name="from version 1 to version 2")).to_be_visible()
    expect(editor.get_by_text("1 sentence changed.")).to_be_visible()
    expect(editor.locator(".diff ins")).to_contain_text("it was said later")
    expect(editor.get_by_text("made with version 1, and the article says something else by now")).to_be_visible()
    expect(editor.locator(".touched").get_by_role("link").first).to_have_text(re.compile(r"Claim \d+"))
    assert violations(editor) == [], "the versions of an article"
    whole = editor.get_by_label("Show the whole text")
    reach(editor, whole)
    editor.keyboard.press("Space")
    press(editor, "button", "Show")
    expect(editor.locator(".diff-skipped")).to_have_count(0)
    expect(whole).to_be_checked()


def reach(page: Page, wanted: Locator) -> None:
    """Go to it with the Tab key."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached with the Tab key")


def press(page: Page, role: str, name: str | re.Pattern[str], key: str = "Enter") -> None:
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    reach(page, wanted)
    page.keyboard.press(key)


def type_into(page: Page, label: str, text: str) -> None:
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def open_by_keyboard(editor: Page) -> str:
    press(editor, "link", "Review")
    press(editor, "link", "Open a session")
    type_into(editor, "Title", "Judged without a mouse")
    press(editor, "checkbox", "Edda Vik", "Space")
    press(editor, "button", "Open the session")
    expect(editor.get_by_text("The session is open.")).to_be_visible()
    return editor.url


def start_by_keyboard(judge: Page, session: str) -> None:
    judge.goto(session)
    press(judge, "link", "Start judging")
    expect(title(judge)).to_be_focused()


def test_a_whole_session_by_keyboard_alone(desk: Desk):
    edda, bea, carl = desk.edda, desk.bea, desk.carl
    edda.goto(desk.site.rows(COMPARED.format(domain=desk.domain))["address"])
    session = open_by_keyboard(edda)
    start_by_keyboard(bea, session)
    note_and_undo_by_keyboard(bea)
    judge_by_keyboard(bea, {"one claim?": "y", "only here?": "y"})
    start_by_keyboard(carl, session)
    judge_by_keyboard(carl, {"one claim?": "n", "only here?": "y"})

    edda.reload()
    press(edda, "button", "End the votes and reveal them")
    assert decide_by_keyboard(edda) == PAIRS
    press(edda, "link", "Session")
    press(edda, "button", "Seal the session")
    expect(edda.get_by_text("The session is sealed.")).to_be_visible()
    press(edda, "link", "Export")
    with edda.expect_download() as download:
        press(edda, "link", re.compile("JSON"))
    decisions = [item["decisions"] for item in read_items(download.value).values() if item["b"]]
    assert [decision["reason"] for (decision,) in decisions] == [REASON] * PAIRS
    press(edda, "link", "Audit trail")
    press(edda, "button", "Verify")
    expect(edda.get_by_text("Verified: the chain is whole")).to_be_visible()


def note_and_undo_by_keyboard(judge: Page) -> None:
    type_into(judge, "Add a note", "yes, do undo: the keys do nothing while one types")
    press(judge, "button", "Save the note")
    expect(judge.locator("#messages")).to_contain_text("Your note on item 1 was saved.")
    judge.keyboard.press("u")
    expect(title(judge)).to_contain_text("Item 2:")
    judge.keyboard.press("z")
    expect(judge.locator("#messages")).to_contain_text("Your answer to item 1 was taken back.")
    expect(title(judge)).to_be_focused()


def judge_by_keyboard(judge: Page, keys: dict[str, str]) -> None:
    """Answer every item that is left with the key for what it asks."""
    while found := ITEM.search(judge.url):
        asked = title(judge).inner_text().partition(": ")[2]
        judge.keyboard.press(keys[asked])
        leave_item(judge, found[1])
    expect(judge.locator("#messages")).to_contain_text("everything that was dealt to you")


def decide_by_keyboard(editor: Page) -> int:
    """Decide everything that is disputed; how many items that was."""
    press(editor, "link", re.compile("disputed$"))
    press(editor, "link", re.compile(r"^Item \d+$"))
    editor.wait_for_url(ITEM)
    count = 0
    while found := ITEM.search(editor.url):
        type_into(editor, "Why it is decided so", REASON)
        press(editor, "button", "Same claim, they agree")
        leave_item(editor, found[1])
        count += 1
    return count


def leave_item(page: Page, number: int | str) -> None:
    """Wait for what comes after an answer."""
    page.wait_for_url(lambda url: not url.endswith(f"/items/{number}/"))
    expect(title(page).filter(has_text=f"Item {number}:")).to_have_count(0)
