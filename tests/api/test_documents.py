"""What is said about the API: the OpenAPI document, the page made from it, and docs/api.md, whose examples run."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from openapi_pydantic.v3.v3_1 import OpenAPI

from claims.api.routes import described

from .test_permissions import NEEDS
from .world import make_world


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(json.dumps(described()))


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, says in methods.items():
            yield path, method, says


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_the_document_is_openapi_3_1(document):
    read = OpenAPI.model_validate(document)
    assert read.openapi == "3.1.0"
    assert read.paths
    assert all(
        operation.responses for path in read.paths.values() for operation in [path.get or path.post] if operation
    )


def test_the_document_describes_every_operation_once(document):
    assert sorted(says["operationId"] for _, _, says in operations(document)) == sorted(NEEDS)


def test_what_the_document_refers_to_is_there(document):
    named = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= named


def test_every_parameter_of_a_path_is_declared_and_every_operation_asks_for_a_token(document):
    for path, _, says in operations(document):
        declared = {p["name"] for p in says.get("parameters", []) if p["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", path))
        assert says["security"] == [{"Token": []}]
        assert (says["x-scope"], says["x-role"]) == (NEEDS[says["operationId"]][0], NEEDS[says["operationId"]][1].label)
    assert document["components"]["securitySchemes"]["Token"] == {"type": "http", "scheme": "bearer"}


@pytest.mark.django_db
def test_the_page_names_every_operation_and_loads_nothing_from_elsewhere(document):
    page = Client().get(reverse("api_docs")).content.decode()
    for path, method, says in operations(document):
        assert f"<strong>{method.upper()}</strong> {path}</code>" in page
        assert f'id="{says["operationId"]}"' in page
    assert not re.search(r'(src|href)="(https?:)?//', page)
    sent = Client().get(reverse("api_schema"))
    assert sent.json() == document


def test_the_document_names_what_the_list_of_scopes_in_the_docs_names():
    text = (project.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (\w+) \| (?!the token)", text, re.MULTILINE)) == {scope for scope, _ in NEEDS.values()}


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here")
@pytest.mark.django_db(transaction=True)
def test_the_examples_in_the_docs_run(live_server, settings, tmp_path):
    settings.CLAIMS_JOBS = "database"
    cache.clear()
    world = make_world()
    text = (project.BASE_DIR / "docs/api.md").read_text(encoding="utf-8")
    script = "set -eu\n" + "\n".join(re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL))
    given = {
        "CLAIMS": live_server.url,
        "TOKEN": world.program("editor").token,
        "COMPARISON": str(world.session.comparison_id),
        "SESSION": str(world.session.pk),
        "STORY": str(world.story.pk),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }
    ran = subprocess.run(["bash", "-c", script], env=given, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert '"state": "queued"' in ran.stdout
    assert '"says": "unsure"' in ran.stdout
    assert '"reason": "We asked both desks."' in ran.stdout
    assert '"state": "sealed"' in ran.stdout
