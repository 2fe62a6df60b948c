"""Repairs text as it arrives from pages, files and clipboards, before anything counts its characters.

Nothing that a reader can see is lost: words, quotation marks, emoji and every script stay as they are.
"""

from __future__ import annotations

import re

from claims.pipeline.types import UnusableInput

#: Code points in one article. A long read has 60,000; a book chapter still fits.
MAX_LENGTH = 400_000

#: Mojibake can be wrapped in mojibake; text that still changes after this many passes is beyond repair anyway.
_PASSES = 6

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_BLANK_LINES = re.compile(r"\n(?:[ ]*\n){3,}")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]"
    "|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]"  # writing direction: can show words in a false order
)

# A joiner is part of an emoji ("family") or of a word (Persian, Indic scripts); anywhere else it only hides.
_JOINED_SCRIPTS = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(
    f"(?<![{_JOINED_SCRIPTS}])\u200c|\u200c(?![{_JOINED_SCRIPTS}])"
    f"|(?<![{_JOINED_SCRIPTS}{_EMOJI}\ufe0f])\u200d|\u200d(?![{_JOINED_SCRIPTS}{_EMOJI}])"
)
_STRAY_VARIATION = re.compile(f"(?<![#*0-9{_EMOJI}])[\ufe00-\ufe0f]|[\U000e0100-\U000e01ef]")
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{2,8})|[\U000e0000-\U000e007f]")  # kept: the flag of Scotland


def check_length(text: str) -> None:
    """Raises UnusableInput when there is nothing to read in ``text``, or more than ``MAX_LENGTH`` characters."""
    if len(text) > MAX_LENGTH:
        raise UnusableInput(
            f"This text has {len(text):,} characters; an article may have up to {MAX_LENGTH:,}. "
            "Shorten it, or split it into several articles."
        )
    if not any(character.isalnum() for character in text):
        raise UnusableInput("This text has no words in it. Paste the article's text, or choose another file.")


def repair(text: str) -> str:
    """``text`` with broken encoding mended, what nobody can see removed, and one kind of space and of line end.

    Runs of spaces stay, since offsets count in the repaired text. ``repair(repair(text)) == repair(text)``.
    """
    for _ in range(_PASSES):
        repaired = _repair_once(text)
        if repaired == text:
            break
        text = repaired
    return text


def one_line(text: str) -> str:
    """``text`` repaired, with every run of white space made one space."""
    return " ".join(repair(text).split())


def _repair_once(text: str) -> str:
    text = text.replace("\x00", "")  # first, so that UTF-16 read as Latin-1 becomes words again
    text = _LINE_ENDS.sub("\n", text)
    if not text.isascii():
        text = _mend_characters(text)
    text = _SPACES.sub(" ", _CONTROLS.sub("", text))
    return _BLANK_LINES.sub("\n\n", text)


def _mend_characters(text: str) -> str:
    """``text`` with mojibake, lone surrogates and ligatures mended, and invisible characters removed."""
    import ftfy

    config = ftfy.TextFixerConfig(
        unescape_html=False,  # "&lt;" is what the author typed; a page's entities were read with the page
        uncurl_quotes=False,
        fix_character_width=False,  # it would turn Chinese punctuation into ASCII
        remove_terminal_escapes=False,
        explain=False,
    )
    text = ftfy.fix_text(text, config)
    text = _TAGS.sub(lambda match: match[1] or "", _INVISIBLE.sub("", text))
    return _STRAY_JOINER.sub("", _STRAY_VARIATION.sub("", text))
