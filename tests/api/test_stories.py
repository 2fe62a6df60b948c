"""Stories, articles, comparisons and jobs through the API."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.comparison.load import load_result
from claims.models import Article, Job, Story
from claims.pipeline.output import as_dict
from claims.policies import Role
from tests.factories import make_member, make_newsroom
from tests.web.people import client_of

from .world import TEXT, World

HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def editor(world: World):
    return world.program("editor")


def test_a_story_is_added_found_and_read(world: World, editor):
    made = editor.post("stories", {"title": "  Storm at  Kestrel Bay "})
    assert made.status_code == 201
    story = made.json()
    assert story["title"] == "Storm at Kestrel Bay"
    assert story["articles"] == 0
    assert editor.get(f"stories/{story['id']}").json() == story
    assert [found["id"] for found in editor.get("stories?q=kestrel").json()["results"]] == [story["id"]]
    assert editor.get("stories?show=archived").json()["count"] == 0


def test_where_one_may_add_to_several_newsrooms_one_says_to_which(world: World, editor):
    other = make_newsroom("Radio Kestrel")
    make_member(other, Role.EDITOR, world.members["editor"].person)
    answer = editor.post("stories", {"title": "Storm"})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"newsroom": ["Choose a newsroom."]}}
    assert editor.post("stories", {"title": "Storm", "newsroom": other.pk}).json()["newsroom"] == other.pk


def test_a_list_comes_in_pages(world: World, editor):
    for n in range(3):
        Story.objects.create(title=f"Storm {n}", newsroom=world.story.newsroom)
    page = editor.get("stories?size=3&page=2").json()
    assert (page["count"], page["page"], page["pages"], len(page["results"])) == (4, 2, 2, 1)
    assert editor.get("stories?page=900").json()["results"] == []
    assert editor.get("stories?page=0").json()["errors"].keys() == {"page"}
    assert editor.get("stories?size=101").json()["errors"].keys() == {"size"}


def test_a_text_a_file_and_a_web_page_become_articles(world: World, editor, monkeypatch):
    address = f"stories/{world.story.pk}/articles"
    pasted = editor.post(address, {"text": TEXT, "outlet": "Radio Kestrel", "title": "A rope broke"}).json()
    assert (pasted["outlet"], pasted["title"], pasted["length"]) == ("Radio Kestrel", "A rope broke", len(TEXT))
    assert editor.get(f"articles/{pasted['id']}").json()["text"] == TEXT
    file = SimpleUploadedFile("valley-live.txt", b"Two roads are closed. Buses go round by the mill.")
    filed = editor.post(f"{address}/file?title=Roads", {"file": file}).json()
    assert (filed["outlet"], filed["title"], filed["source"]) == ("valley-live", "Roads", "file")
    assert editor.get(address).json()["count"] == world.story.articles.kept().count() == 4


def test_what_is_wrong_with_an_article_is_told_by_its_field(world: World, editor):
    address = f"stories/{world.story.pk}/articles"
    assert editor.post(address, {}).json()["errors"].keys() == {"text", "url"}
    assert editor.post(address, {"text": TEXT, "url": "https://a.example"}).json()["errors"].keys() == {"text", "url"}
    assert editor.post(address, {"text": TEXT}).json()["errors"].keys() == {"outlet"}
    assert editor.post(address, {"text": "…", "outlet": "Post"}).json()["errors"].keys() == {"text"}
    assert editor.post(address, {"url": "http://127.0.0.1:1/"}).json()["errors"].keys() == {"url"}
    assert editor.post(address, {"url": "https://a.example https://b.example"}).json()["errors"].keys() == {"url"}
    assert editor.post(address, {"txt": TEXT}).json()["errors"].keys() == {"txt"}
    broken = editor.post(f"{address}/file", {"file": SimpleUploadedFile("a.pdf", b"no pdf")})
    assert broken.status_code == 422
    assert broken.json()["errors"].keys() == {"file"}
    assert world.story.articles.count() == 2


def test_a_duplicate_is_refused_until_it_is_wanted(world: World, editor):
    address, given = f"stories/{world.story.pk}/articles", {"text": TEXT, "outlet": "Radio Kestrel"}
    assert editor.post(address, given).status_code == 201
    for _ in range(2):
        assert editor.post(address, given).status_code == 409
    assert Article.objects.filter(text=TEXT).count() == 1
    assert editor.post(address, {**given, "even_if_duplicate": True}).status_code == 201
    assert world.story.articles.kept().filter(text=TEXT).count() == 2


def test_uploads_and_bodies_are_limited_as_on_the_pages(world: World, editor, settings):
    settings.CLAIMS_MAX_UPLOAD_MB = 1
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
    address = f"stories/{world.story.pk}/articles"
    large = editor.post(f"{address}/file", {"file": SimpleUploadedFile("a.txt", b"word " * 300_000)})
    assert large.status_code == 422
    assert "up to 1 MB" in large.json()["errors"]["file"][0]
    assert editor.post(address, {"text": "word " * 600_000, "outlet": "Post"}).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 200_000,
        b"[]",
        b"null",
        b'{"title": 5}',
        b'{"title": "\\ud800"}',
        b'{"title": " "}',
    ],
)
def test_a_body_that_makes_no_sense_is_told_so(world: World, editor, body):
    answer = editor.post("stories", body)
    assert answer.status_code in {400, 422}
    assert answer.json()["errors"]
    assert Story.objects.count() == 1


def test_addresses_that_no_row_can_have_are_not_there(world: World, editor):
    for pk in ("0", "9" * 30):
        assert editor.get(f"stories/{pk}").status_code == 404
        assert editor.get(f"sessions/{world.session.pk}/items/{pk}").status_code == 404


def test_html_in_a_title_and_a_text_stays_inert(world: World, editor):
    story = editor.post("stories", {"title": HTML}).json()
    answer = editor.post(f"stories/{story['id']}/articles", {"text": f"{TEXT} {HTML}", "outlet": HTML[:60]})
    assert answer["Content-Type"].startswith("application/json")
    assert answer["X-Content-Type-Options"] == "nosniff"
    browser = client_of(world.members["editor"].person)
    for page in ("stories", "story_articles"):
        shown = browser.get(reverse(page, args=[] if page == "stories" else [story["id"]])).content.decode()
        assert "alert(1)" in shown
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown


def test_a_comparison_is_started_once_and_its_job_is_read(world: World, editor):
    Job.objects.all().delete()
    first = editor.post(f"stories/{world.story.pk}/comparisons")
    assert first.status_code == 202
    again = editor.post(f"stories/{world.story.pk}/comparisons")
    assert first.json()["id"] == again.json()["id"]
    assert editor.get(f"jobs/{first.json()['id']}").json()["state"] == "queued"


def test_a_story_of_one_article_is_not_compared(world: World, editor):
    story = editor.post("stories", {"title": "Storm"}).json()["id"]
    answer = editor.post(f"stories/{story}/comparisons")
    assert answer.status_code == 409
    assert "needs two articles" in answer.json()["errors"]["__all__"][0]


def test_a_story_tells_its_threshold_and_the_model_s_own(world: World, editor):
    def told() -> tuple[float | None, float | None]:
        one = editor.get(f"stories/{world.story.pk}").json()
        [listed] = editor.get("stories").json()["results"]
        assert one == listed
        return one["threshold"], one["model_threshold"]

    comparison = world.story.comparisons.get()
    comparison.run |= {"thresholds": {"alignment": 0.4}, "model_threshold": 0.3}
    comparison.save()
    assert told() == (0.3, 0.3), "not what was used once, but what holds"
    world.story.choose_threshold(0.6, world.members["editor"].pk)
    assert told() == (0.6, 0.3)
    world.story.choose_threshold(None, world.members["editor"].pk)
    comparison.run |= {"model_threshold": None}
    comparison.save()
    assert told() == (0.4, 0.4), "from before another could be chosen"


def test_a_story_that_was_never_compared_has_no_threshold_of_the_model(world: World, editor):
    story = editor.post("stories", {"title": "Storm"}).json()
    assert (story["threshold"], story["model_threshold"]) == (None, None)
    Story.objects.get(pk=story["id"]).choose_threshold(0.6, world.members["editor"].pk)
    told = editor.get(f"stories/{story['id']}").json()
    assert (told["threshold"], told["model_threshold"]) == (0.6, None)


def test_a_comparison_is_sent_as_the_contract_has_it(world: World, editor):
    comparison = world.story.comparisons.get()
    listed = editor.get(f"stories/{world.story.pk}/comparisons").json()["results"]
    assert [(found["id"], found["articles"]) for found in listed] == [(comparison.pk, 2)]
    assert sum(listed[0]["claims"].values()) == comparison.rows.count()
    assert listed[0]["alignments"] == comparison.alignments.count()
    sent = editor.get(f"comparisons/{comparison.pk}").json()
    expected = as_dict(load_result(comparison))
    assert sent["claims"] == expected["claims"]
    assert sent.keys() == expected.keys()


def test_alignments_are_filtered_and_come_with_their_sentences(world: World, editor):
    comparison = world.story.comparisons.get()
    address = f"comparisons/{comparison.pk}/alignments"
    found = editor.get(address).json()
    assert found["count"] == comparison.alignments.count() > 0
    sentences = {s.id: s.text for s in load_result(comparison).sentences}
    assert all(sentences[row[side]["id"]] == row[side]["text"] for row in found["results"] for side in "ab")
    assert all(row[side]["part"] == row[side]["text"] for row in found["results"] for side in "ab")
    diverging = editor.get(f"{address}?relation=diverge").json()
    assert {row["relation"] for row in diverging["results"]} == {"diverge"}
    kind = diverging["results"][0]["divergences"][0]["kind"]
    assert editor.get(f"{address}?kind={kind}").json()["count"] > 0
    assert editor.get(f"{address}?kind=weather").json()["count"] == 0
    assert editor.get(f"{address}?least=1").json()["count"] <= found["count"]


def test_an_alignment_names_the_words_that_state_the_claim(world: World, editor):
    comparison = world.story.comparisons.get()
    link = comparison.alignments.order_by("-probability", "pk")[0]
    link.part_b = [link.b.start + 2, link.b.end - 3, "quotation"]
    link.save()
    row = editor.get(f"comparisons/{comparison.pk}/alignments").json()["results"][0]
    assert (row["a"]["part"], row["b"]["part"]) == (link.a.text, link.b.text[2:-3])


def test_a_deleted_story_takes_everything_along(world: World, editor):
    comparison, article = world.story.comparisons.get().pk, world.story.articles.all()[0].pk
    world.story.delete_softly()
    gone = [f"stories/{world.story.pk}", f"comparisons/{comparison}", f"articles/{article}", f"jobs/{world.job.pk}"]
    gone += [f"comparisons/{comparison}/alignments", f"sessions/{world.session.pk}"]
    assert {editor.get(address).status_code for address in gone} == {404}
