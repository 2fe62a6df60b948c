"""The e-mails that the program sends: plain text, so that nothing in a name can become a link's text or a picture."""

from __future__ import annotations

import hashlib
import logging
import threading

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from claims.email_change import make_token
from claims.models import Invitation, Person
from claims.pipeline.text import one_line

#: One e-mail of a kind to an address within this time, however often somebody asks.
PAUSE_SECONDS = 300
logger = logging.getLogger(__name__)


def may_mail(about: str) -> bool:
    """Whether nothing of this kind was sent a moment ago. ``about``: the kind, to whom."""
    return cache.add(f"mail-{hashlib.sha256(about.encode()).hexdigest()}", True, PAUSE_SECONDS)


def invitation_link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("invitation_link", args=[token]))


def send_invitation(invitation: Invitation, link: str, by: Person) -> bool:
    """Whether the e-mail was handed to the mail server."""
    context = {"invitation": invitation, "link": link, "by": by, "days": settings.CLAIMS_INVITATION_DAYS}
    body = render_to_string("people/mail/invitation.txt", context)
    return _send(f"Invitation to {invitation.newsroom.name} on Claims", body, invitation.email)


def send_reset(request: HttpRequest, person: Person) -> None:
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    link = reverse("password_reset", args=[uid, default_token_generator.make_token(person)])
    context = {"link": request.build_absolute_uri(link), "hours": settings.PASSWORD_RESET_TIMEOUT // 3600}
    _send_later("A new password for Claims", render_to_string("people/mail/reset.txt", context), person.email)


def send_email_change(request: HttpRequest, person: Person, email: str) -> None:
    """A link to the new address, unless somebody has an account with it; and the old one is told."""
    subject, hours = "Another e-mail address for Claims", settings.PASSWORD_RESET_TIMEOUT // 3600
    if Person.objects.named(email) is None:
        link = request.build_absolute_uri(reverse("account_email_link", args=[make_token(person, email)]))
        _send_later(subject, render_to_string("people/mail/email_new.txt", {"link": link, "hours": hours}), email)
    told = render_to_string("people/mail/email_old.txt", {"email": email, "hours": hours})
    _send_later(subject, told, person.email)


def _send_later(subject: str, body: str, to: str | None) -> None:
    """In a thread: how long an answer takes must not tell who has an account."""
    threading.Thread(target=_send, args=(subject, body, to), daemon=True).start()


def _send(subject: str, body: str, to: str) -> bool:
    try:
        send_mail(one_line(subject), body, None, [to])
    except OSError:
        logger.exception("An e-mail could not be sent: %s", subject)
        return False
    return True
