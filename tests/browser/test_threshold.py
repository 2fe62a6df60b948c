"""The threshold of a story in a real browser: by slider, keys and number, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import OpenPage
from .site import Site
from .test_accessibility import violations

MAKE = """
import json
from django.urls import reverse
from tests.factories import make_compared_story
story = make_compared_story(outlets=2, sentences=14, title="Fire on the ferry, from which threshold on")
print(json.dumps({"address": reverse("story_threshold", args=[story.pk]), "pk": story.pk}))
"""
STORED = """
import json
from claims.models import Job, Story
story = Story.objects.get(pk={pk})
print(json.dumps({{"threshold": story.threshold, "jobs": Job.objects.filter(story=story).count()}}))
"""


@pytest.fixture(scope="module")
def story(site: Site) -> dict:
    return site.rows(MAKE)


def slider(page: Page):
    return page.get_by_role("slider", name="Threshold")


def says(page: Page):
    return page.locator("#threshold-says")


def test_the_slider_shows_by_keys_what_would_change_and_nothing_is_stored(page: Page, site: Site, story: dict):
    page.goto(story["address"])
    expect(slider(page)).to_have_value("50")
    slider(page).focus()
    page.keyboard.press("End")
    expect(page.locator("output")).to_have_text("95%")
    expect(slider(page)).to_have_attribute("aria-valuetext", "95 percent")
    expect(says(page)).to_contain_text("At 95%: 8 pairs no longer one claim")
    expect(slider(page)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(says(page)).to_contain_text("At 93% the same")
    expect(page.get_by_label("in percent")).to_have_value("93")
    expect(page).to_have_url(re.compile(r"threshold=93$"))
    page.keyboard.press("Home")
    expect(page.get_by_role("heading", name=re.compile("Newly shown as one claim"))).to_be_visible()
    assert violations(page) == []
    assert site.rows(STORED.format(pk=story["pk"])) == {"threshold": None, "jobs": 0}


def test_the_number_moves_the_slider_and_what_is_none_is_said(page: Page, story: dict):
    page.goto(story["address"])
    page.get_by_label("in percent").fill("94")
    expect(slider(page)).to_have_value("94")
    expect(page.get_by_role("button", name="Apply 94%, compare again")).to_be_visible()
    page.get_by_label("in percent").fill("7")
    expect(page.get_by_role("alert")).to_contain_text("Enter a whole number from 10 to 95.")
    expect(page.get_by_role("button", name=re.compile("Apply"))).to_have_count(0)


def test_without_scripts_the_number_does_it_all(open_page: OpenPage, site: Site):
    story = site.rows(MAKE)
    page = open_page(390, 844, java_script_enabled=False)
    page.goto(story["address"])
    expect(slider(page)).to_be_hidden()
    page.get_by_label("in percent").fill("94")
    page.get_by_role("button", name="Show what would change").click()
    expect(says(page)).to_contain_text("At 94%: 8 pairs no longer one claim")
    page.get_by_role("button", name="Apply 94%, compare again").click()
    expect(page).to_have_url(re.compile(r"/jobs/\d+/$"))
    assert site.rows(STORED.format(pk=story["pk"])) == {"threshold": 0.94, "jobs": 1}
