"""Which language an article is in, and what its reader is told."""

import subprocess
import sys

import pytest

from claims.pipeline.language import LANGUAGE_NAMES, detect, foreign_notice, language_name, primary_code


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The ferry sank off the coast on Monday evening, and two sailors died in the cold water."),
        ("de", "Die Fähre sank am Montagabend vor der Küste, und zwei Seeleute starben im kalten Wasser."),
        ("fr", "Le ferry a coulé lundi soir au large de la côte et deux marins sont morts dans l'eau froide."),
        ("es", "El transbordador se hundió el lunes por la noche frente a la costa y murieron dos marineros."),
        ("no", "Fergen sank utenfor kysten mandag kveld, og to sjømenn døde i det kalde vannet, sier politiet."),
        ("ru", "Паром затонул у берега в понедельник вечером, два моряка погибли в холодной воде."),
        ("ar", "غرقت العبارة قبالة الساحل مساء الاثنين ولقي بحاران حتفهما في المياه الباردة"),
        ("zh", "渡轮星期一晚上在海岸附近沉没，两名水手在冰冷的海水中丧生，警方正在寻找船长。"),
    ],
)
def test_the_language_of_an_article_is_found(code: str, text: str) -> None:
    assert detect(text) == code


@pytest.mark.parametrize("text", ["", "Hello.", "Skellan", "12 34 56 " * 40, "\ud800\x00 \U0001f600", "xqz " * 60])
def test_a_short_or_odd_text_has_no_language(text: str) -> None:
    assert detect(text) == ""


def test_a_reader_is_told_that_the_encoder_does_not_read_the_language() -> None:
    notice = foreign_notice("de-AT", ["en"])
    meaning, hint = notice.split(". ")
    assert meaning.startswith("This article seems to be in German, and this comparison reads English only")
    assert meaning.endswith("matches with it cannot be trusted")
    assert hint.startswith("Whoever runs this server can set CLAIMS_ENCODER")


def test_several_languages_are_listed_in_words() -> None:
    assert "reads only English, French and Spanish," in foreign_notice("tr", {"es", "en", "fr"})


@pytest.mark.parametrize(
    ("language", "supported"), [("", ["en"]), ("en", ["en"]), ("en-GB", ["en"]), ("nb", ["no"]), ("de", [])]
)
def test_nothing_is_said_where_there_is_nothing_to_say(language: str, supported: list[str]) -> None:
    assert foreign_notice(language, supported) == ""


def test_codes_and_names() -> None:
    assert (primary_code("pt_BR"), primary_code("NB"), language_name("pt-BR"), language_name("tlh")) == (
        "pt",
        "no",
        "Portuguese",
        "tlh",
    )
    assert all(len(code) == 2 for code in LANGUAGE_NAMES)


def test_the_model_is_not_loaded_before_it_is_asked() -> None:
    loaded = "bool({'py3langid', 'ftfy'} & {*sys.modules})"
    code = f"import sys, claims.pipeline.language, claims.pipeline.text; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
