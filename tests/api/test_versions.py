"""An article's versions through the API."""

from __future__ import annotations

import pytest

from .world import TEXT, World


@pytest.fixture
def editor(world: World):
    return world.program("editor")


def test_an_article_sent_with_another_text_becomes_its_new_version_where_that_is_asked(world: World, editor):
    address = f"stories/{world.story.pk}/articles"
    first = editor.post(address, {"text": TEXT, "outlet": "Radio Kestrel"}).json()
    again = {"text": TEXT.replace(".", ";", 1), "outlet": "Radio Kestrel"}
    refused = editor.post(address, again)
    assert refused.status_code == 409
    assert f"new version of article {first['id']}" in str(refused.json())
    kept = editor.post(address, {**again, "as_new_version": True})
    assert kept.status_code == 201
    assert kept.json()["id"] == first["id"]
    versions = editor.get(f"articles/{first['id']}/versions").json()
    assert [(v["number"], v["came"], v["text"]) for v in versions["results"]] == [
        (1, "paste", TEXT),
        (2, "paste", again["text"]),
    ]
    assert {v["by"] for v in versions["results"]} == {world.members["editor"].label}
    assert editor.get(f"articles/{first['id']}").json()["text_sha256"] == versions["results"][1]["text_sha256"]
