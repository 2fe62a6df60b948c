"""What a reader sees when a request cannot be answered: words, a way back, and nothing of what a stranger sent."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from claims.views.errors import bad_request
from tests.factories import make_story


@pytest.mark.django_db
def test_an_unknown_address_is_told_with_a_way_back(client):
    response = client.get("/nothing/here/")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()


@pytest.mark.django_db
def test_an_expired_form_is_told_what_to_do():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("story_archive", args=[make_story().pk]))
    assert response.status_code == 403
    assert "Go back with your browser’s Back button" in response.content.decode()


def test_a_bad_request_repeats_nothing_of_what_was_sent():
    request = RequestFactory().get("/")
    request._messages = []  # type: ignore[attr-defined]
    response = bad_request(request, SuspiciousOperation("Invalid header: <script>"))
    assert response.status_code == 400
    assert "script" not in response.content.decode().split("<main")[1]


@pytest.mark.django_db
def test_a_fault_of_ours_is_told_without_details(client, monkeypatch):
    def fail(request):
        raise RuntimeError("secret")

    client.raise_request_exception = False
    monkeypatch.setattr("claims.views.stories._page", fail)
    response = client.get("/")
    assert response.status_code == 500
    assert "Your stories are saved" in response.content.decode()
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["stories/{}/articles/", "articles/{}/", "articles/{}/sentences/", "jobs/{}/"])
def test_a_number_larger_than_the_database_holds_is_not_found(client, path):
    assert client.get("/" + path.format("9" * 30)).status_code == 404
