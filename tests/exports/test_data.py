"""JSON by its schema, and web annotations by the requirements of the W3C's model."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.contrib.staticfiles import finders
from jsonschema import Draft202012Validator

from claims.exports.formats import FORMATS
from claims.exports.web_annotations import named
from claims.review.chain import Link, find_break
from claims.review.record import load_record_for
from tests.review.makers import APART, judge_of, vote

from .conftest import NOTE, NOW, REASON, Room

Export = Callable[[str], bytes]
#: Web Annotation Data Model, 3.3.5: the motivations that the model knows.
MOTIVATIONS = set(
    "assessing bookmarking classifying commenting describing editing highlighting identifying linking moderating "
    "questioning replying tagging".split()
)


def validator() -> Draft202012Validator:
    schema = json.loads(Path(str(finders.find("claims/session-export.schema.json"))).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(found: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}"[:300] for error in validator().iter_errors(found)]


def test_the_json_is_as_its_schema_says(export: Export):
    found = json.loads(export("json"))
    assert faults(found) == []
    del found["items"][0]["votes"]
    found["audit_trail"]["head"] = "abc"
    assert len(faults(found)) == 2


def test_the_json_holds_votes_decisions_figures_models_and_hashes(sealed: Room, export: Export):
    found = json.loads(export("json"))
    item = next(item for item in found["items"] if item["number"] == sealed.number)
    names = {person["number"]: person["name"] for person in found["people"]}
    said = [(names[vote["by"]], vote["answer"], vote["counts"]) for vote in item["votes"]]
    assert ("Bea Lund", "same", True) in said
    assert item["decisions"][0] | {"at": ""} == {
        "by": sealed.edda.number, "at": "", "answer": "same", "relation": "diverge", "kinds": ["number"],
        "words_a": [15, 17], "words_b": [15, 17], "found": None, "version": 1, "counts": True, "reason": REASON,
    }  # fmt: skip
    assert item["notes"][0]["text"] == NOTE
    overall = sealed.record.figures.overall[0].found
    assert found["agreement"]["overall"][0]["items"] == overall.items > 0
    assert found["runs"][0]["encoder_sha256"] == "0" * 64
    assert found["runs"][0]["thresholds"] == {"alignment": 0.5, "candidates": 10}
    texts = {article.text_sha256: article.text for article in sealed.record.articles}
    for side in (item["a"], item["b"]):
        assert texts[side["text_sha256"]][side["start"] : side["end"]] == side["text"]


def test_anyone_can_check_the_audit_trail_of_the_json(export: Export):
    trail = json.loads(export("json"))["audit_trail"]
    links = [Link(e["number"], e["payload"], e["previous"], e["sha256"]) for e in trail["entries"]]
    assert find_break(links, length=len(links), head=trail["head"]) is None
    links[3].payload["action"] = "sealed"  # type: ignore[index]
    broken = find_break(links, length=len(links), head=trail["head"])
    assert broken is not None
    assert broken.number == 4


def test_no_file_holds_an_articles_whole_text(sealed: Room, export: Export):
    texts = [article.text for article in sealed.record.articles]
    for name in ("html", "csv", "json", "annotations", "questions"):
        made = text_of(name, export(name))
        assert not [text for text in texts if text in made or json.dumps(text, ensure_ascii=False)[1:-1] in made], name


def text_of(name: str, file: bytes) -> str:
    """What a file of text says; of a zip, what its files say."""
    if name != "csv":
        return file.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return "".join(archive.read(inside).decode("utf-8-sig") for inside in archive.namelist())


# Web annotations


def read_annotations(export: Export) -> list[dict[str, Any]]:
    return json.loads(export("annotations"))["first"]["items"]


def resources(annotation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Bodies and targets."""
    for name in ("body", "target"):
        found = annotation[name]
        yield from found if isinstance(found, list) else [found]


def is_iri(value: Any) -> bool:
    return isinstance(value, str) and bool(urlparse(value).scheme)


def is_moment(value: Any) -> bool:
    """An xsd:dateTime, in UTC (3.3.2)."""
    return isinstance(value, str) and value.endswith("Z") and datetime.fromisoformat(value).tzinfo is not None


def test_the_collection_is_one_page_of_annotations(export: Export):
    found = json.loads(export("annotations"))
    assert "http://www.w3.org/ns/anno.jsonld" in found["@context"]
    assert (found["type"], found["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert is_iri(found["id"])
    assert is_iri(found["first"]["id"])
    assert found["total"] == len(found["first"]["items"])


def test_each_annotation_is_as_the_model_requires(export: Export):
    found = read_annotations(export)
    assert len({annotation["id"] for annotation in found}) == len(found)
    for annotation in found:
        assert is_iri(annotation["id"])
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] in MOTIVATIONS
        assert is_moment(annotation["generated"])
        assert is_moment(annotation.get("created", annotation["generated"]))
        assert annotation["creator"]["type"] in ("Person", "Software")
        assert annotation["creator"]["name"]
        for resource in resources(annotation):
            check_resource(resource)
        assert annotation["target"]["type"] == "SpecificResource"


def check_resource(resource: dict[str, Any]) -> None:
    if resource["type"] == "TextualBody":  # 3.2.4: exactly one value, at most one purpose of the motivations
        assert isinstance(resource["value"], str)
        assert resource["purpose"] in MOTIVATIONS
        return
    assert resource["type"] == "SpecificResource"  # 4: exactly one source
    assert is_iri(resource["source"])
    quote, position = resource["selector"]
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert isinstance(quote["exact"], str)
    assert 0 <= position["start"] < position["end"]
    assert resource["state"]["type"] == "TimeState"
    assert is_iri(resource["state"]["cached"])


def test_selectors_find_their_words_in_the_text_that_is_named(sealed: Room, export: Export):
    texts = {named(article.text_sha256): article.text for article in sealed.record.articles}
    seen = 0
    for annotation in read_annotations(export):
        for resource in resources(annotation):
            if resource["type"] == "SpecificResource":
                text = texts[resource["state"]["cached"]]
                quote, position = resource["selector"]
                start, end = position["start"], position["end"]
                assert text[start:end] == quote["exact"]
                assert text[:start].endswith(quote["prefix"])
                assert text[end:].startswith(quote["suffix"])
                if inner := position.get("refinedBy"):
                    assert quote["exact"][inner["start"] : inner["end"]] == quote["refinedBy"]["exact"]
                    seen += 1
    assert seen


def test_proposals_votes_decisions_and_notes_all_are_annotations(sealed: Room, export: Export):
    found = read_annotations(export)
    items = sealed.record.items
    by_motivation = {name: [a for a in found if a["motivation"] == name] for name in MOTIVATIONS}
    assert len(by_motivation["linking"]) == len(items)
    assert len(by_motivation["assessing"]) == sum(len(item.votes) for item in items)
    [decision] = by_motivation["moderating"]
    assert decision["creator"] == {"type": "Person", "name": "Edda Vik"}
    assert REASON in [body.get("value") for body in decision["body"]]
    [note] = by_motivation["commenting"]
    assert note["body"][-1]["value"] == NOTE


def test_an_annotation_keeps_its_name_from_one_export_to_the_next(sealed: Room, export: Export):
    later = FORMATS["annotations"].make(sealed.record, NOW.replace(year=2027))
    assert [a["id"] for a in json.loads(later)["first"]["items"]] == [a["id"] for a in read_annotations(export)]


def test_a_hash_is_named_after_rfc_6920():
    digest = hashlib.sha256(b"Hello World!").hexdigest()
    assert named(digest) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


# Before the reveal


@pytest.fixture
def blind(room: Room) -> Callable[[str], str]:
    """``blind("json")``: what Carl gets before the reveal."""
    return lambda name: text_of(name, FORMATS[name].make(load_record_for(room.session, room.carl.pk), NOW))


def test_before_the_reveal_a_file_holds_only_what_its_maker_may_see(room: Room, blind: Callable[[str], str]):
    for name in ("html", "csv", "json", "annotations", "questions"):
        assert "Bea Lund" not in blind(name), name
        assert "See page 3" not in blind(name), name
    found = json.loads(blind("json"))
    assert faults(found) == []
    assert found["is_partial"]
    assert found["agreement"] is None
    assert {vote["by"] for item in found["items"] for vote in item["votes"]} == {room.carl.number}
    assert [person["number"] for person in found["people"] if person["judges"]] == [room.carl.number]
    assert {entry["by"] for entry in found["audit_trail"]["entries"]} == {room.carl.number, room.edda.number}
    assert not [entry for entry in found["audit_trail"]["entries"] if entry["payload"]]
    assert "not revealed yet" in blind("html")


def test_before_the_reveal_others_votes_change_no_file_but_the_last_hash(room: Room, blind: Callable[[str], str]):
    def told() -> list[str]:
        room.session.refresh_from_db()
        return [blind(name).replace(room.session.chain_head, "") for name in ("html", "csv", "json", "questions")]

    before = told()
    item = room.session.items.get(number=room.number)
    vote(item, judge_of(room.session, room.bea), APART)
    assert told() == before
