"""Text as it arrives from pages and clipboards: what is mended, what goes, and what has to stay."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claims.pipeline.text import MAX_LENGTH, check_length, repair
from claims.pipeline.types import UnusableInput

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        pytest.param("The ferry\x00 sank.", "The ferry sank.", id="NUL bytes"),
        pytest.param("F\x00e\x00r\x00r\x00y\x00", "Ferry", id="UTF-16 read as Latin-1"),
        pytest.param("a wave\ud800 hit", "a wave\ufffd hit", id="a lone surrogate"),
        pytest.param("\ud83d\ude00", "\U0001f600", id="two halves of an emoji"),
        pytest.param("the cafÃ©â€™s owner", "the café’s owner", id="mojibake"),
        pytest.param("har\u00adbour", "harbour", id="a soft hyphen"),
        pytest.param("the ﬁre ﬂared in the oﬃce", "the fire flared in the office", id="ligatures"),
        pytest.param("\ufeffno\u200bthing\u2060 hid\u200cden", "nothing hidden", id="zero-width characters"),
        pytest.param("\u202eevil\u202c \u2066live\u2069 \u200fshort\u200e", "evil live short", id="writing direction"),
        pytest.param("a\r\nb\rc\u2028d\u2029e\x0bf\x0cg", "a\nb\nc\nd\ne\nf\ng", id="line ends"),
        pytest.param("one\n\n\n\n\ntwo", "one\n\ntwo", id="many blank lines"),
        pytest.param("one\n \n  \n\n\ntwo", "one\n\ntwo", id="many lines of spaces"),
        pytest.param("Wait\x85 what", "Wait… what", id="an ellipsis of Windows-1252"),
        pytest.param("Mr\u00a0Field paid\u202f5\u2009000\u3000now\tthen", "Mr Field paid 5 000 now then", id="spaces"),
        pytest.param("a\x07b\x1bc\x9dd", "abcd", id="control characters"),
        pytest.param("pa\ufe0fss\U000e0041word", "password", id="hidden variation selectors and tags"),
    ],
)
def test_broken_text_is_mended(broken: str, mended: str) -> None:
    assert repair(broken) == mended


@pytest.mark.parametrize(
    "text",
    [
        '“Stay away,” she said; it’s ‘unsafe’ – and "closed".',
        "Three   spaces  and\n\ntwo paragraphs\n\n\nand two blank lines",
        f"A family {FAMILY}, a burning heart ❤\ufe0f\u200d\U0001f525, a key 1\ufe0f\u20e3 and a flag {SCOTLAND}",
        "אמר ראש העיר ביום שני",
        "قال رئيس البلدية يوم الاثنين",
        "نمی\u200cخواهم بروم",  # the joiner is part of the Persian word
        "क्\u200dष",
        "大桥将重新开放！",
        "&lt;script&gt;alert(1)&lt;/script&gt; <b>bold</b> naïve",
        "",
    ],
)
def test_text_that_is_well_stays_as_it_is(text: str) -> None:
    assert repair(text) == text


def test_a_run_of_exotic_spaces_keeps_its_length() -> None:
    assert repair("x\u00a0\u2003\u00a0y") == "x   y"


def test_a_joiner_between_letters_goes_and_one_inside_an_emoji_stays() -> None:
    assert repair(f"pass\u200dword {FAMILY}") == f"password {FAMILY}"


@given(
    st.text()
    | st.text(alphabet=st.characters(categories=["Cs", "Cf", "Cc", "Zs", "Zl", "So"]))
    | st.text(alphabet="Ãâ€™œ©ﬁ\u00ad\u200b\u200d\u200c\ufe0f\x85\x00\ud83d\ude00\r\n \taé👩🔥😀☎")
    | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass").decode("latin-1"))
)
@example("\x00\ud83d\x00\ude00")
@example("\n\r\n\r \n\u2028")
@example("a\u200d\u200d\U0001f525\u200d")
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text)
    assert repair(once) == once
    assert once.encode("utf-8").decode("utf-8") == once
    assert "\x00" not in once


def test_two_megabytes_are_repaired_in_seconds() -> None:
    text = "cafÃ© owners\u00a0fear closure.\n" + "The council’s vote – “a disgrace”, said one – was close.\n" * 36_000
    started = time.process_time()
    repaired = repair(text)
    assert time.process_time() - started < 6  # about 2 s on one idle core
    assert repaired.startswith("café owners fear closure.\n")


@pytest.mark.parametrize("text", ["", "   \n\t ", "***\n—\n…", "\u200b"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(UnusableInput, match="no words"):
        check_length(text)


def test_a_text_that_is_too_long_is_refused_with_its_length_before_any_work() -> None:
    started = time.perf_counter()
    with pytest.raises(UnusableInput, match=r"2,000,000 characters; an article may have up to 400,000"):
        check_length("x" * 2_000_000)
    assert time.perf_counter() - started < 0.1


def test_a_text_of_the_greatest_length_is_taken() -> None:
    check_length("x" * MAX_LENGTH)
