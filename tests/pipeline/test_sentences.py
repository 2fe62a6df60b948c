"""Sentences with exact offsets, over every trap of news text that we know of."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.pipeline.sentences import rebase, split_article, split_text
from claims.pipeline.types import Correction, SourceArticle

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def sentences_of(text: str, *corrections: Correction, language: str = "") -> list[str]:
    article = SourceArticle("a", "Harbour Post", text, language=language, corrections=corrections)
    return [sentence.text for sentence in split_article(article, 0)]


WHOLE = [
    pytest.param("The U. S. envoy met J. K. Marlow and George W. Pike in Washington, D.C. last week.", id="initials"),
    pytest.param("Mr. Field, Gov. Ortega and Sen. Ana Ruiz (D-Va.) met Dr. Sato at St. Anne's.", id="titles"),
    pytest.param("The quake measured 5.9, rain rose 3.5 percent and it cost £1. 7m.", id="decimals"),
    pytest.param("They met at 10 a.m. on Jan. 6 at No. 5 Quay St. near Acme Inc. offices.", id="abbreviations"),
    pytest.param("The vote is at 5 p. m. Friday, officials said.", id="spaced clock time"),
    pytest.param("At 2: 18 p. m. , Ruiz saw the bus.", id="clock time and a comma"),
    pytest.param("At about 5 p.m. Ruiz saw the bus.", id="too short for a sentence"),
    pytest.param("We will have... to send more boats … later.", id="ellipses in mid-sentence"),
    pytest.param("“Where is the ferry?” Ruiz asked.", id="a question and its tag"),
    pytest.param('"Get out!" the captain of the ferry shouted.', id="an exclamation and its tag"),
    pytest.param("Shares of Yahoo! rose on Monday.", id="a name that shouts"),
    pytest.param("The port (which closed. Then opened) is busy.", id="an aside"),
    pytest.param("The site example.org and the file notes.txt are gone.", id="addresses"),
    pytest.param("He works for example. com and Acme.", id="a scraped address"),
    pytest.param("1. The harbour will close.", id="a numbered item"),
    pytest.param("Two dead as ferry sinks off Skellan", id="a headline"),
    pytest.param("They lent ?22 billion to the port.", id="a lost currency sign"),
    pytest.param("Talks along the U.S.-Mexico border stalled.", id="a compound"),
    pytest.param("Really", id="one word"),
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences_of(text) == [text]


DIVIDED = [
    pytest.param("The ferry sank. | Two died. | Police are looking for the crew.", id="plain"),
    pytest.param("“Why wait? | We are ready,” Ruiz said.", id="a quotation of two sentences"),
    pytest.param('He said: "The harbour is safe. | We checked it." | Others disagree.', id="its closing mark stays"),
    pytest.param('The mayor called it "a disgrace." | Others agreed.', id="a full stop inside the marks"),
    pytest.param("The ferry left Europe . | It carried cars , buses and vans . | Nobody was hurt .", id="tokenised"),
    pytest.param(
        'He spoke . | " We have , therefore , to go , " he said . | " It is late . "', id="tokenised quotation"
    ),
    pytest.param("He left the U.S. | The ferry followed.", id="an abbreviation at the end"),
    pytest.param("They chose Plan B. | Then it rained.", id="a single letter at the end"),
    pytest.param(
        "It closed at 10 p.m. on Friday in May. | Sailors left for Leeds at 11 p.m. | Police stayed.", id="times"
    ),
    pytest.param("Warner, D-Va. | Ruiz disagreed.", id="a party and its state"),
    pytest.param("Ruiz said no. | Police told me. | Owners agreed.", id="words that look like abbreviations"),
    pytest.param("Stop! | Why? | Nobody knows…  | The port is shut.", id="other marks"),
    pytest.param("He trusted the mayor (D). | Ruiz did not.", id="a bracket at the end"),
    pytest.param("the ferry sank. | it was late.", id="no capitals"),
    pytest.param("Great! | 😀 Then it sank.", id="emoji"),
    pytest.param("Mayors want: | • more boats | • fewer cars", id="bullets on one line"),
    pytest.param("大桥将重新开放。 | 部长周一表示。", id="Chinese"),
    pytest.param("غرقت العبارة. | هل نجا أحد؟ | لا نعلم.", id="Arabic"),
]


@pytest.mark.parametrize("marked", DIVIDED)
def test_a_text_divides_where_a_reader_would_divide_it(marked: str) -> None:
    assert sentences_of(marked.replace(" |", "")) == [part.strip() for part in marked.split("|")]


def test_a_lost_space_after_a_full_stop_still_divides() -> None:
    assert sentences_of("The ferry sank.The captain swam ashore.") == ["The ferry sank.", "The captain swam ashore."]


SCRAPED = (
    'The ferry left Skellan . [ " Why did nobody stop it ? we were told nothing , " Mayor Ana Ruiz said on Monday .   '
    '" We have , therefore , to inspect every boat , " Ruiz said . Ruiz insisted that " the harbour is safe . Port " '
    'Before the storm , we had no plans to shut the port , " Ruiz said . The Courier notes that [ their ] boats leak . '
    'Owners called it " frosty " or , as one put it , " cold as a tomb . " After the talks , Ruiz left .'
)


def test_a_stray_quote_swallows_no_neighbour() -> None:
    assert sentences_of(SCRAPED) == [
        "The ferry left Skellan .",
        '[ " Why did nobody stop it ? we were told nothing , " Mayor Ana Ruiz said on Monday .',
        '" We have , therefore , to inspect every boat , " Ruiz said .',
        'Ruiz insisted that " the harbour is safe .',
        'Port " Before the storm , we had no plans to shut the port , " Ruiz said .',
        "The Courier notes that [ their ] boats leak .",
        'Owners called it " frosty " or , as one put it , " cold as a tomb . "',
        "After the talks , Ruiz left .",
    ]


@pytest.mark.skipif(not SEEDS.exists(), reason="the seeds are not here")
def test_the_scraped_seed_divides_into_sentences_of_readable_length() -> None:
    text = next(SEEDS.glob("002_*.txt")).read_text(encoding="utf-8")
    found = sentences_of(text)
    assert len(found) == 15
    assert max(map(len, found)) < 400
    assert sum(sentence.startswith('"') for sentence in found) == 2  # no closing mark at a beginning


@pytest.mark.parametrize("text", ["", " \n \n", "\u3000"])
def test_a_text_without_characters_has_no_sentences(text: str) -> None:
    assert sentences_of(text) == []


def test_every_line_is_a_paragraph_and_offsets_point_into_the_text() -> None:
    text = "Ferry sinks off Skellan\n\n  Two died, Mr. Ruiz said.  Nobody else was hurt. \r\n* * *\n“We are sad.”"
    sentences = split_article(SourceArticle("a", "Harbour Post", text), 2)
    assert [text[s.start : s.end] for s in sentences] == [s.text for s in sentences]
    assert [s.text for s in sentences] == [
        "Ferry sinks off Skellan", "Two died, Mr. Ruiz said.", "Nobody else was hurt.", "* * *", "“We are sad.”"
    ]  # fmt: skip
    assert [s.id for s in sentences] == ["2.0", "2.1", "2.2", "2.3", "2.4"]


def test_a_fragment_without_a_word_stays_with_its_neighbour() -> None:
    assert sentences_of("— . The ferry sank. — * Police came. B.") == ["— . The ferry sank.", "— * Police came. B."]


def test_other_languages_are_split_with_their_own_abbreviations() -> None:
    assert sentences_of("Das gilt z.B. hier, vgl. Seite 3. Er ging.", language="de") == [
        "Das gilt z.B. hier, vgl. Seite 3.", "Er ging."
    ]  # fmt: skip


def assert_spans_are_sound(text: str, spans: list[tuple[int, int]]) -> None:
    covered = bytearray(len(text))
    last = 0
    for start, end in spans:
        assert last <= start < end
        assert text[start:end].strip() == text[start:end]
        covered[start:end] = b"\x01" * (end - start)
        last = end
    assert all(covered[place] or character.isspace() for place, character in enumerate(text))


NEWSLIKE = st.lists(
    st.sampled_from(
        [
            *"abAB.!?…\"“”«»'’()[] \n\u2028•—1 ",
            ". ",
            " . ",
            '." ',
            "U. S. ",
            "Mr. ",
            "a.m. ",
            "The ",
            "…",
            "``",
            "''",
            "😀",
            "。",
            "שלום",
        ]
    )
).map("".join)


@given(
    st.text()
    | NEWSLIKE
    | st.text(alphabet=st.characters(categories=["Po", "Pi", "Pf", "Zs", "Zl", "Cf", "Cs", "Lu", "Cc"]))
)
@example("\x1c\x1f\x85a")
@example(".\" '")
def test_spans_are_in_order_disjoint_trimmed_and_cover_every_character(text: str) -> None:
    assert_spans_are_sound(text, split_text(text))


@given(
    NEWSLIKE, st.lists(st.tuples(st.sampled_from(["split", "join", "role"]), st.integers(-2, 80), st.integers(-2, 80)))
)
def test_spans_stay_sound_under_any_corrections(text: str, words: list[tuple[str, int, int]]) -> None:
    corrections = tuple(
        Correction(action, start, start if action == "split" else end, "heading" if action == "role" else None)  # type: ignore[arg-type]
        for action, start, end in words
    )
    sentences = split_article(SourceArticle("a", "Harbour Post", text, corrections=corrections), 0)
    assert_spans_are_sound(text, [(sentence.start, sentence.end) for sentence in sentences])


@pytest.mark.parametrize(
    "text",
    [
        "word and " * 2222 + "end.",
        "a.b" * 133_333,
        '"' * 200_000,
        "A. " * 133_333,
        "(a. " * 100_000,
        "." + " " * 399_998 + "a",
        "The ferry sank. " * 25_000,
        "Wait? " * 60_000,
    ],
    ids=["20,000 characters", "dots", "quotes", "initials", "brackets", "spaces", "sentences", "questions"],
)
def test_long_and_hostile_texts_split_in_seconds(text: str) -> None:
    started = time.process_time()
    split_article(SourceArticle("a", "Harbour Post", text), 0)
    assert time.process_time() - started < 6


def test_a_hundred_sentences_split_in_milliseconds() -> None:
    text = (
        'Mr. Field, 52, told the Harbour Post: "The U.S. ferry sank at 5 p.m. on Monday." He declined to say more.\n'
        * 50
    )
    sentences_of(text)
    times = []
    for _ in range(5):
        started = time.process_time()
        assert len(sentences_of(text)) == 100
        times.append(time.process_time() - started)
    assert min(times) < 0.05  # about 5 ms on one idle core


TEXT = "The ferry sank off Skellan. Two sailors died. Police are looking for the captain."


def test_a_split_ends_a_sentence_and_trims_the_space() -> None:
    place = TEXT.index("off")
    assert sentences_of(TEXT, Correction("split", place, place))[:2] == ["The ferry sank", "off Skellan."]


def test_a_split_where_a_sentence_ends_already_changes_nothing() -> None:
    places = (0, TEXT.index("Two"), TEXT.index(" Two"), len(TEXT), len(TEXT) + 9, -1)
    assert sentences_of(TEXT, *(Correction("split", place, place) for place in places)) == sentences_of(TEXT)


def test_a_join_makes_one_sentence_of_all_that_it_touches_even_across_lines() -> None:
    text = TEXT.replace(" Two", "\nTwo")
    assert sentences_of(text, Correction("join", 0, text.index("died"))) == [
        "The ferry sank off Skellan.\nTwo sailors died.", "Police are looking for the captain."
    ]  # fmt: skip


def test_a_later_correction_overrides_an_earlier_one() -> None:
    join = Correction("join", 0, TEXT.index("died"))
    split = Correction("split", TEXT.index("Two"), TEXT.index("Two"))
    assert sentences_of(TEXT, join, split) == sentences_of(TEXT)
    assert len(sentences_of(TEXT, split, join)) == 2


def test_a_role_holds_for_the_sentences_that_lie_mostly_within_its_span() -> None:
    end = TEXT.index("sailors")  # all of the first sentence, a little of the second
    article = SourceArticle(
        "a",
        "Post",
        TEXT,
        corrections=(Correction("role", 0, end, "heading"), Correction("role", 0, end, "boilerplate")),
    )
    assert [sentence.role for sentence in split_article(article, 0)] == ["boilerplate", "claim", "claim"]


OLD = "\n".join(
    (
        "Ferry sinks off Skellan",
        "Photo by a reader",
        "The ferry sank in the early morning. Two sailors died there.",
        "Advertisement",
        "Police are looking for the captain of the ferry. He swam ashore, witnesses told them.",
        "Advertisement",
        "The harbour stays closed until Friday evening.",
    )
)


def at(text: str, words: str) -> Correction:
    return Correction("role", text.index(words), text.index(words) + len(words), "boilerplate")


def test_corrections_move_with_their_place_when_text_before_it_changes() -> None:
    new = OLD.replace("Ferry sinks off Skellan", "Two dead as a ferry sinks")
    split = Correction("split", OLD.index("Two sailors"), OLD.index("Two sailors"))
    moved = rebase((split, at(OLD, "The harbour stays closed until Friday evening.")), OLD, new)
    assert new[moved[0].start :].startswith("Two sailors")
    assert moved[0].start == moved[0].end
    assert moved[1] == at(new, "The harbour stays closed until Friday evening.")


def test_a_split_is_dropped_when_the_words_beside_it_change() -> None:
    split = Correction("split", OLD.index("Two sailors"), OLD.index("Two sailors"))
    assert rebase((split,), OLD, OLD.replace("Two sailors", "Three sailors")) == ()
    assert rebase((split,), OLD, OLD.replace("Two sailors", "On Monday Two sailors")) == ()


def test_a_role_outlives_one_changed_word_and_not_a_rewriting() -> None:
    stretch = at(OLD, "Police are looking for the captain of the ferry.")
    new = OLD.replace("captain of the ferry", "owner of the ferry")
    assert rebase((stretch,), OLD, new) == (at(new, "Police are looking for the owner of the ferry."),)
    assert rebase((stretch,), OLD, OLD.replace("looking for the captain", "sure that nobody steered")) == ()


def test_a_correction_never_jumps_to_a_place_that_looks_alike() -> None:
    first, second = OLD.index("Advertisement"), OLD.rindex("Advertisement")
    new = OLD[:first] + OLD[first + len("Advertisement\n") :]
    length = len("Advertisement")
    gone = Correction("role", first, first + length, "claim")
    stays = Correction("role", second, second + length, "claim")
    place = new.index("Advertisement")
    assert rebase((gone, stays), OLD, new) == (Correction("role", place, place + length, "claim"),)


@pytest.mark.parametrize("new", ["", "Something else altogether, about a bridge."])
def test_corrections_of_a_text_that_is_gone_are_dropped(new: str) -> None:
    corrections = (Correction("split", 30, 30), Correction("join", 0, 60), at(OLD, "Photo by a reader"))
    assert rebase(corrections, OLD, new) == ()


@given(NEWSLIKE, NEWSLIKE, st.integers(0, 60), st.integers(0, 60))
def test_rebased_corrections_lie_within_the_new_text_and_keep_their_words(
    old: str, new: str, start: int, end: int
) -> None:
    for moved in rebase((Correction("join", start, end), Correction("split", start, start)), old, new):
        assert 0 <= moved.start <= moved.end <= len(new) or old == new


def test_the_longest_article_is_rebased_in_a_second_or_two() -> None:
    old = "\n".join(
        f"Boat {number} left the harbour and sank in the river near town {number % 97}." for number in range(6000)
    )
    corrections = tuple(Correction("split", place, place) for place in range(0, len(old), 400))
    started = time.process_time()
    moved = rebase(corrections, old, old.replace("harbour", "port").replace("Boat 7 ", "Ship seven "))
    assert time.process_time() - started < 6
    assert moved
