"""Logging in and out, sessions, forgotten passwords."""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from claims import mail as our_mail
from claims.models import Person
from tests.factories import make_member, make_newsroom, make_person, make_story

from .pages import found
from .people import FAST_HASHERS, PASSWORD, client_of

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


@pytest.fixture(autouse=True)
def _rooms(settings):
    settings.ON_A_LAPTOP = False
    settings.PASSWORD_HASHERS = FAST_HASHERS
    cache.clear()


@pytest.fixture(autouse=True)
def _mail_goes_at_once(monkeypatch):
    monkeypatch.setattr(our_mail.threading, "Thread", SameThread)


class SameThread(threading.Thread):
    """Tests see the database of their own transaction only, and an outbox of their own."""

    def start(self) -> None:
        self.run()


@pytest.fixture
def ann() -> Person:
    return make_person("ann@news.example", "Ann Reed", PASSWORD)


def log_in(client: Client, email: str = "ann@news.example", password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": email, "password": password, **more})


def test_without_login_a_page_leads_to_the_login_and_from_there_back(client, ann):
    answer = client.get("/?show=archived")
    assert (answer.status_code, answer["Location"]) == (302, "/login/?next=%2F%3Fshow%3Darchived")
    assert log_in(client, next="/?show=archived")["Location"] == "/?show=archived"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_login_leads_to_no_other_site(client, ann, elsewhere):
    assert log_in(client, next=elsewhere)["Location"] == "/"


def test_an_address_is_the_same_in_capitals(client, ann):
    assert log_in(client, "Ann@NEWS.example ").status_code == 302
    assert "logged in as Ann Reed" in client.get("/").content.decode()


def test_a_wrong_password_and_an_unknown_address_get_one_and_the_same_answer(client, ann):
    texts = []
    for email, password in (("ann@news.example", "wrong"), ("nobody@news.example", PASSWORD)):
        answer = log_in(client, email, password)
        assert answer.status_code == 200
        texts.append(re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode()))
    assert texts[0] == texts[1]
    assert "do not belong together" in texts[0]


def test_too_many_wrong_passwords_end_the_attempts_from_there_and_for_this_address_only(client, ann, settings):
    settings.AXES_FAILURE_LIMIT = 3
    make_person("bo@news.example", "Bo Lund", PASSWORD)
    answers = [log_in(client, email, "wrong") for email in ("ann@news.example", "ANN@news.example", "ann@news.example")]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Wait 15 minutes" in log_in(client).content.decode(), "even with the right password"
    assert log_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302, "a stranger locks nobody out from elsewhere"
    assert log_in(Client(), "bo@news.example").status_code == 302


def test_an_unknown_address_is_locked_out_like_a_known_one(client, settings):
    settings.AXES_FAILURE_LIMIT = 2
    assert [log_in(client, "nobody@news.example").status_code for _ in range(2)] == [200, 429]


def test_a_right_password_forgives_the_wrong_ones_before(client, ann, settings):
    settings.AXES_FAILURE_LIMIT = 3
    for password in ("wrong", "wrong", PASSWORD, "wrong", "wrong"):
        assert log_in(Client(), password=password).status_code in {200, 302}


def test_behind_a_proxy_attempts_count_by_the_client_that_the_proxy_saw(ann, settings):
    settings.AXES_FAILURE_LIMIT, settings.BEHIND_PROXY = 2, True

    def attempt(forwarded: str) -> int:
        return (
            Client(headers={"X-Forwarded-For": forwarded})
            .post(LOGIN, {"username": "ann@news.example", "password": "wrong"})
            .status_code
        )

    assert attempt("198.51.100.1, 203.0.113.9") == 200
    assert attempt("198.51.100.2, 203.0.113.9") == 429, "what the client itself claims counts nothing"
    assert attempt("203.0.113.10") == 200


def test_logging_in_needs_the_token_of_our_own_form(ann):
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict).status_code == 403
    strict.get(LOGIN)
    assert log_in(strict, csrfmiddlewaretoken=strict.cookies["csrftoken"].value).status_code == 302


def test_logging_out_takes_a_button_and_ends_this_login_only(ann):
    here, there = client_of(ann), client_of(ann)
    assert here.get("/logout/").status_code == 405
    here.post("/logout/")
    assert here.get("/").status_code == 302
    assert there.get("/").status_code == 200


def test_logging_out_everywhere_ends_every_login(ann):
    here, there = client_of(ann), client_of(ann)
    here.post("/logout/everywhere/")
    assert [client.get("/").status_code for client in (here, there)] == [302, 302]


def test_another_password_ends_every_other_login(ann):
    here, there = client_of(ann), client_of(ann)
    answer = here.post("/account/password/", {"current": PASSWORD, "password": "fog over the harbour"})
    assert answer.status_code == 302
    assert [client.get("/").status_code for client in (here, there)] == [200, 302]


def test_changing_the_password_takes_the_present_one_and_a_good_one(ann):
    client = client_of(ann)
    for given, why in (
        ({"current": "wrong", "password": "fog over the harbour"}, "not your present password"),
        ({"current": PASSWORD, "password": "short"}, "too short"),
        ({"current": PASSWORD, "password": "password123"}, "too common"),
        ({"current": PASSWORD, "password": "ann@news.example"}, "too similar"),
    ):
        answer = client.post("/account/password/", given)
        assert answer.status_code == 422
        assert why in answer.content.decode()
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_a_login_ends_after_the_days_that_the_settings_name(ann, settings):
    client = Client()
    log_in(client)
    assert client.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
    assert client.cookies["sessionid"]["httponly"]
    session = client.session
    session.set_expiry(timedelta(seconds=-1))
    session.save()
    assert client.get("/").status_code == 302


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, ann):
    other = client_of(ann)
    client.post("/password/forgotten/", {"email": "ANN@news.example"})
    link = found(r"http://testserver(/password/\S+)", str(mail.outbox[0].body))[1]
    form = client.get(link, follow=True)
    assert "Save the new password" in form.content.decode()
    answer = client.post(form.redirect_chain[-1][0], {"new_password": "fog over the harbour"})
    assert answer.status_code == 302
    assert client.get("/").status_code == 200, "logged in with it"
    assert other.get("/").status_code == 302, "every other login has ended"
    assert "used already" in Client().get(link, follow=True).content.decode()


def test_the_answer_to_a_forgotten_password_tells_nobody_who_has_an_account(client, ann):
    texts = [
        client.post("/password/forgotten/", {"email": email}).content.decode().replace(email, "ADDRESS")
        for email in ("ann@news.example", "nobody@news.example")
    ]
    assert re.sub(r'"X-CSRFToken": "[^"]*"', "", texts[0]) == re.sub(r'"X-CSRFToken": "[^"]*"', "", texts[1])
    assert len(mail.outbox) == 1


def test_the_answer_does_not_wait_for_the_mail_server(client, ann, monkeypatch):
    monkeypatch.undo()
    sent = threading.Event()

    def slow(*args, **kwargs):
        time.sleep(0.5)
        sent.set()

    monkeypatch.setattr(our_mail, "send_mail", slow)
    client.post("/password/forgotten/", {"email": "ann@news.example"})
    assert not sent.is_set()
    assert sent.wait(30)


def test_asking_often_sends_one_e_mail(client, ann):
    for _ in range(4):
        client.post("/password/forgotten/", {"email": "ann@news.example"})
    assert len(mail.outbox) == 1


def test_someone_logged_out_meanwhile_is_told_so_and_loses_nothing_that_was_typed(ann):
    newsroom = make_newsroom()
    make_member(newsroom, person=ann)
    story = make_story(newsroom=newsroom)
    client = client_of(ann)
    ann.log_out_everywhere()
    address = reverse("story_rename", args=[story.pk])
    page = client.post(address, {"title": "Fire <b>on</b> the ferry"})
    assert page.status_code == 403
    assert "not logged in any more" in page.content.decode()
    assert "Fire &lt;b&gt;on&lt;/b&gt; the ferry" in page.content.decode()
    fragment = client.post(address, {"title": "Fire on the ferry"}, headers={"HX-Request": "true"})
    assert fragment.status_code == 403
    assert fragment["Content-Type"].startswith("text/plain")
    assert "Log in again in another tab" in fragment.content.decode()


def test_what_another_site_may_have_sent_is_not_repeated_on_our_page(ann):
    story = make_story(newsroom=make_newsroom())
    strict = Client(enforce_csrf_checks=True)
    address = reverse("story_rename", args=[story.pk])
    assert "Call this number" not in strict.post(address, {"title": "Call this number"}).content.decode()


def test_a_server_without_accounts_says_how_to_make_the_first(client):
    assert "manage.py createadmin" in client.get(LOGIN).content.decode()
    make_person()
    assert "manage.py createadmin" not in client.get(LOGIN).content.decode()


# Another e-mail address

CHANGE = {"email": "ann.reed@other.example", "current": PASSWORD}


def ask_for_change(ann: Person, **given: str) -> str:
    """The path of the link that was sent."""
    client_of(ann).post("/account/email/", CHANGE | given)
    return found(r"http://testserver(/account/email/\S+)", str(mail.outbox[0].body))[1]


def test_another_address_counts_once_its_link_is_opened_and_the_old_one_is_told(client, ann):
    link = ask_for_change(ann)
    assert [message.to for message in mail.outbox] == [["ann.reed@other.example"], ["ann@news.example"]]
    assert "ann.reed@other.example" in mail.outbox[1].body
    assert link not in mail.outbox[1].body
    assert "ann.reed@other.example" in client.get(link).content.decode()
    ann.refresh_from_db()
    assert ann.email == "ann@news.example", "looking at the page changes nothing"
    logged_in = client_of(ann)
    assert client.post(link).status_code == 302
    assert log_in(Client(), "ann.reed@other.example").status_code == 302
    assert log_in(Client(), "ann@news.example").status_code == 200
    assert "ann.reed@other.example" in logged_in.get("/account/").content.decode(), "who is logged in stays so"
    assert client.post(link).status_code == 404, "the same form twice"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"current": "wrong"}, "not your present password"),
        ({"current": ""}, "required"),
        ({"email": "no address"}, "valid email"),
        ({"email": "ANN@news.example"}, "your address already"),
        ({"email": f"{'a' * 250}@news.example"}, "at most 254"),
    ],
)
def test_a_change_of_address_that_cannot_be_is_told_at_its_field_and_what_was_typed_stays(ann, given, says):
    answer = client_of(ann).post("/account/email/", CHANGE | given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert (CHANGE | given)["email"].lower() in page.lower()
    assert PASSWORD not in page
    assert mail.outbox == []


def test_asking_for_an_address_that_somebody_has_is_answered_alike_and_sends_no_link_there(ann):
    make_person("bea@news.example")
    answers = [
        client_of(ann).post("/account/email/", CHANGE | {"email": email}, follow=True).content.decode()
        for email in ("bea@news.example", "ann.reed@other.example")
    ]
    assert "A link was sent to bea@news.example" in answers[0]
    assert "A link was sent to ann.reed@other.example" in answers[1]
    assert [message.to[0] for message in mail.outbox if "http" in message.body] == ["ann.reed@other.example"]


def test_an_address_that_somebody_took_in_between_is_refused_in_words(client, ann):
    link = ask_for_change(ann)
    make_person("ann.reed@other.example")
    answer = client.post(link)
    assert answer.status_code == 409
    assert "Somebody has an account with this e-mail address" in answer.content.decode()
    ann.refresh_from_db()
    assert ann.email == "ann@news.example"


@pytest.mark.parametrize("how", ["forged", "too late", "another password", "account gone"])
def test_a_link_to_another_address_ends(client, ann, settings, how):
    link = ask_for_change(ann)
    if how == "forged":
        link = link.replace("/account/email/", "/account/email/x")
    elif how == "too late":
        settings.PASSWORD_RESET_TIMEOUT = -1
    elif how == "another password":
        ann.set_password("another ferry in the fog")
        ann.save()
    else:
        ann.delete()
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 404
        assert "cannot be used" in answer.content.decode()
        assert "other.example" not in answer.content.decode()
    assert not Person.objects.filter(email="ann.reed@other.example").exists()


def test_asking_often_for_another_address_sends_its_link_once(ann):
    for _ in range(3):
        ask_for_change(ann)
    assert len(mail.outbox) == 2
