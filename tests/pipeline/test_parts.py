"""Which words of a long sentence state a claim, and that what stands beside them is not held against it."""

from __future__ import annotations

import pytest

from claims.pipeline.parts import PartFinder, stating_words
from claims.pipeline.types import Alignment, Divergence, Evidence, Part, Sentence

#: Two sentences, and between slashes the words of each that state what both state; no slashes: all of it does.
SHARED = [
    (
        "/The dam above Larn broke on Monday/, and the mayor of Brackenford resigned the same evening.",
        "A dam broke on Monday above Larn.",
    ),
    (
        "The dam above Larn broke on Monday, /and the mayor of Brackenford resigned the same evening/.",
        "The mayor of Brackenford has resigned.",
    ),
    (
        "Police said on Tuesday that /the driver of the lorry had fallen asleep at the wheel/.",
        "The driver of the lorry had fallen asleep.",
    ),
    (
        "“/We opened the sluice an hour too late/,” said Ada Holm, who has run the harbour since 1998.",
        "The sluice was opened an hour too late.",
    ),
    (
        "“We opened the gates an hour too late,” said Ada Holm, /who has run the harbour office since 1998/.",
        "Holm has run the harbour office for many years.",
    ),
]


def sentence(text: str, article: int, start: int = 0) -> Sentence:
    return Sentence(f"{article}.0", article, start, start + len(text), text, "claim")


def told(marked: str) -> tuple[str, str]:
    """The text without its slashes, and what stands between them, or all of it."""
    pieces = marked.split("/")
    return "".join(pieces), pieces[1] if len(pieces) == 3 else "".join(pieces)


@pytest.mark.parametrize(("left", "right"), SHARED)
def test_the_part_that_shares_its_words_states_the_claim(left: str, right: str) -> None:
    (a, part_a), (b, part_b) = told(left), told(right)
    others = ["The council will meet on Friday.", "Rain is forecast for the whole of the week."]

    found = PartFinder([a, b, *others]).find(sentence(a, 0), sentence(b, 1)).parts

    assert [text[x.start : x.end] if x else text for text, x in zip((a, b), found, strict=True)] == [part_a, part_b]


def test_a_part_is_told_in_the_coordinates_of_its_article() -> None:
    a, stating = told(SHARED[0][0])
    b = SHARED[0][1]

    part, whole = PartFinder([a, b]).find(sentence(a, 0, start=500), sentence(b, 1, start=40)).parts

    assert part is not None
    assert whole is None
    assert a[part.start - 500 : part.end - 500] == stating
    assert part.kind == "clause"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The dam above Larn broke on Monday.", "A dam broke on Monday above Larn."),
        (
            "The dam above Larn broke on Monday, and the mayor of Brackenford resigned.",
            "As the dam above Larn broke, the mayor of Brackenford was resigning on Monday.",
        ),
        ("The dam above Larn broke on Monday, and the mayor resigned.", "Nobody had expected anything of the kind."),
        ("Ada Holm said that nobody had been warned of the heavy rain.", "Holm was asked by a judge."),
        ("", "The dam above Larn broke on Monday, and the mayor resigned."),
    ],
)
def test_sentences_that_share_all_or_nothing_or_only_a_speaker_stay_whole(a: str, b: str) -> None:
    assert PartFinder([a, b]).find(sentence(a, 0), sentence(b, 1)).parts == (None, None)


def differing(kind, a: str, b: str, words: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    """Whether a divergence by ``words`` concerns what two sentences both state, and the words that state it then."""
    here, there = (Evidence(t.index(w), t.index(w) + len(w), w, w) for t, w in zip((a, b), words, strict=True))
    found = Divergence(kind, 0.9, "test", "They differ.", here, there)
    claim = PartFinder([a, b, "The council will meet on Friday."]).find(sentence(a, 0), sentence(b, 1))
    concerns = claim.concerns(found)
    claim.widen([found])
    told = [text[x.start : x.end] if x else text for text, x in zip((a, b), claim.parts, strict=True)]
    return concerns, (told[0], told[1])


def test_a_number_in_another_clause_is_no_divergence_of_the_claim() -> None:
    a = "The dam above Larn broke on Monday, and 12 shops were looted in Brackenford."
    b = "The dam above Larn broke on Monday, but nine boats had already left the harbour."
    assert not differing("number", a, b, ("12 shops", "nine boats"))[0]


def test_a_number_of_the_claim_is_one_however_few_words_its_clause_shares() -> None:
    a = "The ferry Astrid struck the pier at Lindholm on Monday; 14 dead"
    b = "Nineteen were dead when the ferry Astrid struck the pier at Lindholm on Monday."
    concerns, (first, second) = differing("number", a, b, ("14", "Nineteen"))
    assert concerns
    assert first == a
    assert second == b


def test_who_vouches_for_a_claim_stands_beside_the_words_that_state_it() -> None:
    a = "Police said on Tuesday that the driver of the lorry had fallen asleep at the wheel."
    b = "The driver of the lorry had fallen asleep, according to the hospital."
    concerns, (first, _) = differing("attribution", a, b, ("Police", "the hospital"))
    assert concerns
    assert first == "the driver of the lorry had fallen asleep at the wheel"


def test_the_words_of_a_row_are_those_of_all_its_links() -> None:
    long = sentence("x" * 100, 0, start=200)
    links = [
        Alignment("0.0", "1.0", 0.8, 0.9, part_a=Part(210, 240, "clause")),
        Alignment("0.0", "2.0", 0.8, 0.9, part_a=Part(220, 260, "clause")),
    ]
    assert stating_words(long, links) == slice(10, 60)
    assert stating_words(long, [*links, Alignment("0.0", "3.0", 0.8, 0.9)]) == slice(0, 100)
    assert stating_words(long, []) == slice(0, 100)
