"""Bodies and queries as no program should send them: the answer is a refusal in our form, and nothing is harmed."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims.api.routes import described
from claims.review import settling

from .test_permissions import NEEDS, ROUTES
from .world import World

ODD: list[Any] = [
    *(
        "",
        " \n ",
        "²",
        "0.0",
        "-1",
        "9" * 5000,
        "\x00",
        "\ud800",
        "\u202e",
        "<script>alert(1)</script>",
        "{{ 7|add:7 }}",
    ),
    *(
        "x" * 6000,
        "a" * 64,
        "2026-02-30",
        "nan",
        "../../etc/passwd",
        str(uuid.UUID(int=0)),
        "agree",
        "unsure",
        "number",
    ),
    *(0, 1, -1, 2**31, 2**63, 10**30, 0.5, 1e308, True, False, None, [], {}, [[]], [None], {"a": 1}),
]
values = st.one_of(
    st.sampled_from(ODD),
    st.lists(st.sampled_from(ODD), max_size=3),
    st.text(max_size=50),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4),
)
often = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
OF_BODIES = sorted(name for name in NEEDS if ROUTES[name][1].methods == ["POST"] and name != "add_article_file")
OF_QUERIES = sorted(name for name in NEEDS if ROUTES[name][1].methods == ["GET"])


def parts(name: str, of: str) -> list[str]:
    """The fields of an operation's body, or of its query."""
    document = described()
    says = next(says for path in document["paths"].values() for says in path.values() if says["operationId"] == name)
    if of == "query":
        return [p["name"] for p in says.get("parameters", []) if p["in"] == "query"]
    schema = says.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    shape = document["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
    return list(shape.get("properties", {}))


def check(world: World, answer: Any) -> None:
    assert answer.status_code < 500, answer.content
    assert answer["Content-Type"].startswith("application/json") or answer.status_code == 200
    if answer.status_code >= 400:
        sentences = [each for found in answer.json()["errors"].values() for each in found]
        assert sentences
        assert all(sentence[0].isupper() or not sentence[0].isalpha() for sentence in sentences), sentences
    assert settling.faults(world.session.pk) == []


@pytest.mark.parametrize("name", OF_BODIES)
def test_no_body_makes_the_program_stumble(world: World, settings, name: str):
    settings.CLAIMS_API_REQUESTS_A_MINUTE = 10**6
    world.prepare(name)
    program, fields = world.program("editor"), parts(name, "body")

    @often
    @given(st.dictionaries(st.sampled_from(fields or ["nothing"]), values), st.booleans())
    @example(dict.fromkeys(fields, 10**30), True)
    @example(dict.fromkeys(fields, "\x00"), True)
    @example({field: [{}] for field in fields}, False)
    def send(given_: dict[str, Any], is_whole: bool) -> None:
        body = ((world.body(name) or {}) if is_whole else {}) | given_
        with transaction.atomic():
            check(world, program.send("POST", world.address(ROUTES[name][0]), json.dumps(body).encode()))
            transaction.set_rollback(True)

    send()


@pytest.mark.parametrize("name", [name for name in OF_QUERIES if parts(name, "query")])
def test_no_query_makes_the_program_stumble(world: World, settings, name: str):
    settings.CLAIMS_API_REQUESTS_A_MINUTE = 10**6
    program, fields = world.program("editor"), parts(name, "query")
    odd = st.sampled_from([str(value) for value in ODD if value != "\ud800"])

    @often
    @given(st.dictionaries(st.sampled_from(fields), odd))
    @example(dict.fromkeys(fields, "\x00"))
    @example({fields[-1]: "\x00"})
    def ask(query: dict[str, str]) -> None:
        check(world, program.ask(world.address(ROUTES[name][0]), query))

    ask()


@pytest.mark.parametrize("pk", ["0", "2147483648", "9" * 19, "9" * 40])
def test_what_no_key_can_be_is_not_there(world: World, pk: str):
    program = world.program("editor")
    for name, (route, operation) in ROUTES.items():
        if "{pk}" in route:
            address = route.format(pk=pk, number=1, name="json")
            answer = program.send(operation.methods[0], address, world.body(name))
            assert answer.status_code == 404, (name, answer.content)
