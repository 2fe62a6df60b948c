"""People by keyboard alone, in two browsers: an invitation, an account, a login, a role that changes, a shared link."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .places import Places
from .test_accessibility import violations

PASSWORD = "fog over the harbour"


def press_through(page: Page, name: str, *, role: str = "button") -> None:
    """Tab to what has this name, then press it."""
    wanted = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached with the Tab key")


def invite(admin: Page, places: Places, email: str, role: str) -> str:
    admin.goto(places["newsroom"])
    admin.get_by_label("E-mail address").focus()
    admin.keyboard.type(email)
    admin.keyboard.press("Tab")
    admin.keyboard.type(role)
    press_through(admin, "Invite")
    return admin.get_by_label(f"Link for {email}").input_value()


def sign_up(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Welcome to")).to_be_visible()


def test_someone_is_invited_signs_up_logs_out_and_in_again_by_keyboard(open_page: OpenPage, places: Places):
    admin, guest = open_page(), open_page(is_logged_in=False)
    link = invite(admin, places, "cy@news.example", "reviewer")
    assert violations(admin) == [], "the newsroom with a new link"
    guest.goto(link)
    assert violations(guest) == [], "the invitation"
    sign_up(guest, link, "Cy Moss")
    press_through(guest, "Log out")
    expect(guest.get_by_role("heading", name="Log in")).to_be_visible()
    assert violations(guest) == [], "the login"
    guest.goto(places["overview"])
    expect(guest.get_by_label("E-mail address")).to_be_focused()
    guest.keyboard.type("cy@news.example")
    guest.keyboard.press("Tab")
    guest.keyboard.type("wrong")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("alert")).to_contain_text("do not belong together")
    assert violations(guest) == [], "the login that failed"
    guest.get_by_label("Password").focus()
    guest.keyboard.type(PASSWORD)
    guest.keyboard.press("Enter")
    guest.wait_for_url(f"**{places['overview']}")


def test_a_role_changed_while_a_page_is_open_is_told_there_and_the_text_stays(open_page: OpenPage, places: Places):
    admin, editor = open_page(), open_page(is_logged_in=False)
    sign_up(editor, invite(admin, places, "dee@news.example", "editor"), "Dee Okafor")
    editor.goto(places["no articles"])
    editor.get_by_label("Text", exact=True).fill("A crane fell into the water. Nobody was hurt.")
    admin.goto(places["newsroom"])
    admin.get_by_label("Role of Dee Okafor").select_option("viewer")
    admin.get_by_role("button", name="Change the role of Dee Okafor").click()
    expect(admin.get_by_text("Dee Okafor is now a viewer.")).to_be_visible()
    editor.get_by_role("button", name="Add text").click()
    expect(editor.get_by_text("You are a viewer here.")).to_be_visible()
    expect(editor.get_by_label("Text", exact=True)).to_have_value("A crane fell into the water. Nobody was hurt.")


def test_someone_who_logs_in_again_in_another_tab_sends_the_old_page_as_it_is(open_page: OpenPage, places: Places):
    admin, editor = open_page(), open_page(is_logged_in=False)
    sign_up(editor, invite(admin, places, "eve@news.example", "editor"), "Eve Holt")
    editor.goto(places["no articles"])
    editor.get_by_label("Outlet").first.fill("Coast Radio")
    editor.get_by_label("Text", exact=True).fill("Eve Holt typed this before her login ended.")
    other = editor.context.new_page()
    other.goto(places["stories"])
    other.get_by_role("button", name="Log out").click()
    expect(other.get_by_role("heading", name="Log in")).to_be_visible()
    editor.get_by_role("button", name="Add text").click()
    expect(editor.get_by_text("You are not logged in any more.")).to_be_visible()
    other.get_by_label("E-mail address").fill("eve@news.example")
    other.get_by_label("Password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="Stories")).to_be_visible()
    editor.get_by_role("button", name="Add text").click()
    expect(editor.get_by_role("heading", name="Coast Radio")).to_be_visible()


def test_a_shared_link_opens_a_story_to_someone_without_an_account(open_page: OpenPage, places: Places):
    admin, reader = open_page(), open_page(390, 844, is_logged_in=False)
    admin.goto(places["share"])
    admin.get_by_label("Whoever has the link may write comments").check()
    press_through(admin, "Make a link")
    reader.goto(admin.get_by_label("Link to the story").input_value())
    expect(reader.get_by_text("You read this through a link")).to_be_visible()
    assert violations(reader) == [], "the story through a link"
    press_through(reader, "Write a comment", role="link")
    reader.get_by_label("Your name").fill("Fay Brook")
    reader.get_by_label("Your comment").fill("The figure of 63 is the council's.")
    press_through(reader, "Send")
    expect(reader.get_by_text("Your comment was sent")).to_be_visible()
    assert violations(reader) == [], "comments through a link"
    admin.reload()
    expect(admin.get_by_text("The figure of 63 is the council's.")).to_be_visible()


def test_a_shared_session_is_read_by_keyboard_without_an_account_and_without_names(open_page: OpenPage, places: Places):
    admin, reader = open_page(), open_page(390, 844, is_logged_in=False)
    admin.goto(places["sharing a session"])
    admin.get_by_label("Whoever has the link may write comments").check()
    press_through(admin, "Make a link")
    expect(admin.get_by_label("Link to the session")).to_be_visible()
    assert violations(admin) == [], "the page of links"
    reader.goto(admin.get_by_label("Link to the session").input_value())
    expect(reader.get_by_text("You read this through a link")).to_be_visible()
    expect(reader.get_by_text("judge 1", exact=True)).to_be_visible()
    expect(reader.get_by_text("Ann Reed")).to_have_count(0)
    assert violations(reader) == [], "the session through a link"
    press_through(reader, "Items", role="link")
    expect(reader).to_have_url(re.compile("/items/$"))
    assert violations(reader) == [], "its items"
    reader.locator(".item-number").first.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("judge 2", exact=True)).to_be_visible()
    assert violations(reader) == [], "an item"
    press_through(reader, "Next", role="link")
    expect(reader).to_have_url(re.compile("items"))
    with reader.expect_download() as download:
        press_through(reader, "Record", role="link")
    assert download.value.suggested_filename.endswith(".html")
    press_through(reader, "Write a comment", role="link")
    reader.get_by_label("Your name").fill("Fay Brook")
    reader.get_by_label("Your comment").fill("Item 3 is the council's.")
    press_through(reader, "Send")
    expect(reader.get_by_text("Your comment was sent")).to_be_visible()
    assert violations(reader) == [], "comments on a session"


def test_somebody_changes_their_address_by_keyboard(open_page: OpenPage, places: Places):
    admin, guest = open_page(), open_page(is_logged_in=False)
    sign_up(guest, invite(admin, places, "gil@news.example", "reviewer"), "Gil Strand")
    guest.goto(places["account"])
    guest.get_by_label("New address").focus()
    guest.keyboard.type("gil.strand@news.example")
    guest.keyboard.press("Tab")
    guest.keyboard.type("wrong")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("alert")).to_contain_text("not your present password")
    expect(guest.get_by_label("New address")).to_have_value("gil.strand@news.example")
    assert violations(guest) == [], "the account with an error"
    guest.get_by_label("Present password").first.focus()
    guest.keyboard.type(PASSWORD)
    guest.keyboard.press("Enter")
    expect(guest.get_by_text("A link was sent to gil.strand@news.example")).to_be_visible()
