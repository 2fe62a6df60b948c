"""Several files at once, chosen or dropped: good ones are added, a broken one is named, what was typed stays."""

from __future__ import annotations

import base64

from playwright.sync_api import Page, expect

from tests.ingest.makers import ARTICLE_PAGE, PARAGRAPHS, docx_bytes, pdf_bytes

from . import ways

TYPED = "The crane fell into the basin at noon, and nobody was hurt, the port said."


def test_good_files_are_added_a_broken_one_is_named_and_what_was_typed_stays(page: Page):
    ways.create_story(page, "A bridge closes")
    page.get_by_label("Text", exact=True).fill(TYPED)
    text = "\n".join(PARAGRAPHS)
    page.get_by_label("Files", exact=True).set_input_files(
        [
            ways.file("harbour-post.txt", text.replace("14 to 3", "15 to 3").encode()),
            ways.file("daily-courier.md", f"# Bridge to close\n\n{text.replace('14 to 3', '16 to 3')}".encode()),
            ways.file("evening-lantern.html", ARTICLE_PAGE.replace("14 to 3", "17 to 3").encode()),
            ways.file("northern-herald.pdf", pdf_bytes([[p.replace("14 to 3", "18 to 3") for p in PARAGRAPHS]])),
            ways.file("coast-radio.docx", docx_bytes(p.replace("14 to 3", "19 to 3") for p in PARAGRAPHS)),
            ways.file("broken.docx", b"PK\x03\x04 and then nothing"),
        ]
    )
    page.get_by_role("button", name="Add files").click()

    expect(page.locator(".article-item")).to_have_count(5)
    wrong = page.get_by_role("group", name="Upload files").get_by_role("alert")
    expect(wrong).to_contain_text("broken.docx")
    expect(wrong.get_by_role("listitem")).to_have_count(1)
    expect(page.get_by_label("Text", exact=True)).to_have_value(TYPED)


def test_outlets_are_named_in_the_list_one_after_the_other_and_what_is_typed_for_another_stays(page: Page):
    ways.create_story(page, "A bridge closes, unnamed")
    page.get_by_label("Files", exact=True).set_input_files(
        [ways.file("one.txt", "\n".join(PARAGRAPHS).encode()), ways.file("two.txt", "\n".join(PARAGRAPHS[:2]).encode())]
    )
    page.get_by_role("button", name="Add files").click()
    names = page.get_by_label("Which outlet is it?")
    expect(names).to_have_count(2)
    names.nth(1).fill("Daily Courier")
    names.nth(0).fill("Harbour Post")
    names.nth(0).press("Enter")
    expect(names).to_have_count(1)
    expect(names).to_have_value("Daily Courier")
    page.get_by_role("button", name="Save the outlet of").click()
    expect(names).to_have_count(0)
    expect(page.locator(".article-item h2")).to_have_text(["Harbour Post", "Daily Courier"])


def test_files_can_be_dropped_one_after_the_other(page: Page):
    ways.create_story(page, "A bridge closes, dropped")
    drop(page, "[data-dropzone]", "harbour-post.txt", "\n".join(PARAGRAPHS).encode())
    drop(page, "[data-dropzone]", "coast-radio.docx", docx_bytes(reversed(PARAGRAPHS)))
    assert page.get_by_label("Files", exact=True).evaluate("input => Array.from(input.files, (file) => file.name)") == [
        "harbour-post.txt",
        "coast-radio.docx",
    ]
    page.get_by_role("button", name="Add files").click()
    expect(page.locator(".article-item")).to_have_count(2)


def test_a_file_dropped_beside_the_place_for_it_does_not_replace_the_page(page: Page):
    ways.create_story(page, "A bridge closes, missed")
    page.get_by_label("Text", exact=True).fill(TYPED)
    drop(page, "h1", "harbour-post.txt", b"Anything.")
    expect(page.get_by_label("Text", exact=True)).to_have_value(TYPED)
    assert page.get_by_label("Files", exact=True).evaluate("input => input.files.length") == 0


def drop(page: Page, selector: str, name: str, content: bytes) -> None:
    carried = page.evaluate_handle(
        """([name, content]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], name));
            return carried;
        }""",
        [name, base64.b64encode(content).decode()],
    )
    page.dispatch_event(selector, "dragover", {"dataTransfer": carried})
    page.dispatch_event(selector, "drop", {"dataTransfer": carried})
