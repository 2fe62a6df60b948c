"""The page of quotations, and the quotations in a claim's panel."""

import html
import re

import pytest
from django.urls import reverse

from claims.comparison import save_result
from claims.pipeline import types
from claims.pipeline.ledger import build_ledger
from claims.pipeline.sentences import split_article
from claims.presentation.ledger import make_speeches, matching, row_entries
from claims.presentation.snapshot import load_snapshot
from claims.views import quotations as view
from tests.factories import RUN, make_article, make_compared_story, make_story

pytestmark = pytest.mark.django_db

FULL = "“We had an hour to clear the beach and we used all of it, because nobody slept,” said Edda Wray."
TEXTS = (
    f"{FULL}\n“Nobody asked the fishermen of Larn,” said Bo Lind.\n"
    "“The boats are gone, all nine of them,” said Ada Holm.",
    "“We had an hour to empty the beach and we used all of it, because nobody slept,” said Edda Wray.\n"
    "“The boats are gone, all nine of them,” said Ada Holm.",
    "“We had an hour to clear the beach,” said Edda Wray.",
)


def compared(*texts: str):
    """A story of these texts, compared without a model: every sentence is a claim of its own."""
    story = make_story("The beach")
    articles = tuple(
        make_article(story, outlet=name, text=text).as_source()
        for name, text in zip(("Harbour Post", "Daily Courier", "Lantern"), texts, strict=False)
    )
    sentences = tuple(s for k, article in enumerate(articles) for s in split_article(article, k))
    rows = tuple(
        types.ClaimRow(f"c{n}", "unique", (s.id,), (articles[s.article].outlet,), 1)
        for n, s in enumerate(sentences, start=1)
    )
    utterances = build_ledger(articles, sentences, [])
    statuses: dict[str, types.Status] = dict.fromkeys((s.id for s in sentences), "unique")
    result = types.ComparisonResult(articles, sentences, statuses, rows, (), (), RUN, utterances=utterances)
    save_result(story, result)
    return story


def snapshot_of(story):
    return load_snapshot(story.comparisons.get())


def page(client, story, query=""):
    response = client.get(reverse("story_quotations", args=[story.pk]) + query)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def heard(shown: str) -> str:
    """A page's text as a screen reader reads it."""
    return " ".join(re.sub(r"<[^>]+>", "", shown).split())


def test_the_page_groups_utterances_by_speaker_the_differing_ones_first(client):
    shown = page(client, compared(*TEXTS))
    speakers = re.findall(r'<h3 id="speaker-\d+">([^<]+) <', shown)
    assert speakers == ["Edda Wray", "Ada Holm", "Bo Lind"]


def test_every_outlet_s_wording_has_its_rendering_as_a_word_its_credit_and_a_way_to_its_place(client):
    shown = page(client, compared(*TEXTS))
    text = heard(shown)
    assert re.search(r"Fullest wording Harbour Post, in its place credits “Edda Wray”", text)
    assert re.search(r"Other words Daily Courier, in its place credits “Edda Wray”", text)
    assert re.search(r"Shortened Lantern, in its place", text)
    places = re.findall(r'href="(/stories/\d+/side-by-side/[^"]*#s\d-\d+)"', shown)
    beside = client.get(places[0].partition("#")[0]).content.decode()
    assert all(f'id="{place.partition("#")[2]}"' in beside for place in places)


def test_words_that_differ_are_marked_by_element_and_named_for_those_who_hear_the_page(client):
    shown = page(client, compared(*TEXTS), "?show=differ")
    assert re.search(r"<del><span[^>]*>\[left out: </span>clear<span[^>]*>\]</span></del>", shown)
    assert re.search(r"<ins><span[^>]*>\[only here: </span>empty<span[^>]*>\]</span></ins>", shown)
    assert "to [left out: clear] [only here: empty] the beach" in heard(shown)


def test_a_long_stretch_that_is_left_out_is_told_by_its_first_and_last_words_and_their_number(client):
    long = (
        "“The pier is gone, "
        + ", ".join(f"shed number {n} is gone" for n in range(6))
        + ", and so are we,” said Bo Lind."
    )
    shown = heard(page(client, compared(long, "“The pier is gone, shed number 0 is gone,” said Bo Lind.")))
    assert re.search(r"\[left out: shed number 1 is gone shed … \d+ words … so are we\]", shown)


def test_spelling_and_marks_are_no_difference_and_outlets_with_the_same_words_stand_together(client):
    story = compared("“We stand by our defence,” said Bo Lind.", '"We stand by our defense," said Bo Lind.')
    shown = page(client, story)
    versions = shown[shown.index('class="versions"') :]
    assert "<ins>" not in versions
    assert "Same words" in versions
    assert versions.count("<blockquote") == 1
    assert all(outlet in versions for outlet in ("Harbour Post", "Daily Courier"))


def test_what_interrupts_a_quotation_is_set_apart(client):
    story = compared("“We closed the sluice by hand,” said Bo Lind, “and waited for the water.”", "Nothing.")
    assert re.search(r'hand,<span class="interruption">” said Bo Lind, “</span>and waited', page(client, story))


def test_what_interrupts_a_quotation_is_not_said_to_be_added_words(client):
    words = "“We closed the old sluice by hand and waited for the water to fall.”"
    other = "“We closed the old sluice with tongs,” Bo Lind said on the dam, “then waited for the water to fall.”"
    shown = page(client, compared(other, f"Bo Lind said: {words}"))
    inserted = " ".join(re.findall(r"<ins>.*?</ins>", shown, re.DOTALL))
    assert "with tongs" in inserted
    assert "dam" not in inserted


def test_filters_show_what_differs_what_is_shared_and_what_one_outlet_alone_quotes(client):
    story = compared(*TEXTS)
    entries = {
        share: len(re.findall(r'<article class="utterance', page(client, story, f"?show={share}")))
        for share in ("", "differ", "shared", "lone")
    }
    assert entries == {"": 3, "differ": 1, "shared": 2, "lone": 1}
    assert len(re.findall(r'<article class="utterance', page(client, story, "?show=nonsense"))) == 3


def test_a_filter_that_nothing_fits_and_a_story_in_which_nobody_is_quoted_say_so(client):
    story = compared("“Nobody asked the fishermen of Larn,” said Bo Lind.", "Nothing was said.")
    assert "No quotation fits this filter" in page(client, story, "?show=differ")
    assert "Nobody is quoted" in page(client, compared("It rained in Larn.", "It rained."))


def test_many_quotations_have_pages(client, monkeypatch):
    monkeypatch.setattr(view, "PAGE_SIZE", 2)
    story = compared(*TEXTS)
    first, second = page(client, story), page(client, story, "?page=2")
    assert [len(re.findall(r'<article class="utterance', shown)) for shown in (first, second)] == [2, 1]
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in page(client, story, "?page=99")


def test_quoted_words_are_escaped(client):
    story = compared(
        "“We had <b>an hour</b> to clear the beach & used it,” said <i>Edda Wray</i>.",
        "“We had <script>alert(1)</script> an hour to clear the pier & used it,” said Edda Wray.",
    )
    response = client.get(reverse("story_quotations", args=[story.pk])).content.decode()
    assert "<script>alert" not in response
    assert "<b>an" not in response


def test_a_damaged_text_is_said_to_be_damaged_and_not_to_have_other_words(client):
    torn = (
        "The council met , and the mayor spoke , and many came . “ We had an hour to clear the the beach , and we "
        "used Larn of it , because nobody slept , ” said Edda Wray ."
    )
    shown = page(client, compared(FULL, torn))
    assert "Differs; this text looks damaged" in shown
    assert "1 in a damaged text" in shown
    assert "Other words" not in shown.partition('class="speech"')[2]


def test_a_claim_s_panel_shows_the_quotations_that_its_sentences_share_with_other_outlets(client):
    story = compared(*TEXTS)
    snapshot = snapshot_of(story)
    quoting = next(row for row in snapshot.result.rows if "empty" in snapshot.members(row)[0].text)
    assert [entry.speaker for entry in row_entries(snapshot, quoting)] == ["Edda Wray"]
    number = int(quoting.id[1:])
    for headers in ({}, {"HX-Request": "true"}):
        shown = html.unescape(client.get(reverse("claim", args=[story.pk, number]), headers=headers).content.decode())
        panel = shown[shown.index('class="claim-quotations"') :]
        assert "3 outlets: 1 in other words, 1 shortened" in panel.partition("</h3>")[0]
        assert "Harbour Post" in panel
        assert "[only here: </span>empty" in panel
    lone = next(row for row in snapshot.result.rows if "fishermen" in snapshot.members(row)[0].text)
    assert row_entries(snapshot, lone) == []
    assert "claim-quotations" not in client.get(reverse("claim", args=[story.pk, int(lone.id[1:])])).content.decode()


def test_what_is_saved_is_what_was_found(client):
    story = compared(*TEXTS)
    snapshot = snapshot_of(story)
    articles, sentences = snapshot.result.articles, snapshot.result.sentences
    assert snapshot.result.utterances == build_ledger(articles, sentences, [])
    assert sum(len(speech.entries) for speech in make_speeches(snapshot, matching(snapshot, ""))) == 3


def test_the_page_is_a_tab_of_every_compared_story_and_keeps_to_few_queries(client, django_assert_max_num_queries):
    story = make_compared_story(outlets=4)
    address = reverse("story_quotations", args=[story.pk])
    assert f'href="{address}"' in client.get(reverse("story", args=[story.pk])).content.decode()
    page(client, story)
    with django_assert_max_num_queries(12):
        page(client, story)


def test_a_story_that_was_never_compared_leads_to_its_overview(client):
    story = make_story()
    assert client.get(reverse("story_quotations", args=[story.pk])).status_code == 302
