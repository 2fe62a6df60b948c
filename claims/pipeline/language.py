"""Which language a whole article is in, and what to tell its reader when the encoder does not speak it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from typing import Any

#: The languages of the world's larger newsrooms by ISO 639-1 code, in English words.
LANGUAGE_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish",
    "fr": "French", "ga": "Irish", "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "ms": "Malay",
    "ne": "Nepali", "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Filipino", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}

_LETTER = re.compile(r"[^\W\d_]")
_WIDE_LETTER = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]")  # scripts without spaces say more in each letter
_FEWEST_LETTERS = 40
_SURE = 0.75
_READ = 20_000  # characters; more would tell nothing new


def detect(text: str) -> str:
    """The ISO 639-1 code of the language that ``text`` is in; empty when it is short or the language is in doubt."""
    text = text[:_READ]
    if len(_LETTER.findall(text)) + 3 * len(_WIDE_LETTER.findall(text)) < _FEWEST_LETTERS:
        return ""
    probabilities: Counter[str] = Counter()
    for code, probability in _identifier().rank(text):
        probabilities[_SAME.get(code, code)] += probability
    code, probability = probabilities.most_common(1)[0]
    return code if probability >= _SURE else ""


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The language model, loaded once a process."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in (*LANGUAGE_NAMES, "nb", "nn") if code in identifier.nb_classes])
    return identifier


def language_name(code: str) -> str:
    """ "German" for ``de`` or ``de-AT``; the code itself where it is not known."""
    primary = primary_code(code)
    return LANGUAGE_NAMES.get(primary, code)


def primary_code(code: str) -> str:
    """``de`` for ``de-AT``, ``DE`` or ``de_at``."""
    primary = re.split("[-_]", code.strip().lower())[0]
    return _SAME.get(primary, primary)


def foreign_notice(language: str, supported: Collection[str]) -> str:
    """What to tell the reader of an article in ``language`` when the encoder reads the ``supported`` codes only.

    Empty when there is nothing to say: the language is unknown or supported, or ``supported`` is empty (reads any).
    """
    if not language or not supported or primary_code(language) in {primary_code(code) for code in supported}:
        return ""
    names = sorted(language_name(code) for code in supported)
    read = f"{names[0]} only" if len(names) == 1 else f"only {', '.join(names[:-1])} and {names[-1]}"
    return (
        f"This article seems to be in {language_name(language)}, and this comparison reads {read}, so matches with it "
        "cannot be trusted. Whoever runs this server can set CLAIMS_ENCODER to a multilingual model."
    )
