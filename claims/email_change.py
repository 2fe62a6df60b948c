"""Another e-mail address for an account: it counts once somebody has opened the link that was sent there.

The link's token holds all that there is to know, signed; no row is kept. It ends with the address or the password that
the account had when it was made, and so works once.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from claims.models import Person
from claims.policies import RuleBroken

SALT = "claims.email-change"
TAKEN = "Somebody has an account with this e-mail address already. Your account keeps the one it has."


@dataclass(frozen=True, slots=True)
class Change:
    person: Person
    email: str


def make_token(person: Person, email: str) -> str:
    return signing.dumps([person.pk, email, _seal(person)], salt=SALT)


def read_token(token: str) -> Change | None:
    """What a link is to change; None for one that is forged, over, or was used."""
    try:
        pk, email, seal = signing.loads(token, salt=SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk).first()
    return Change(person, email) if person and constant_time_compare(seal, _seal(person)) else None


def apply(change: Change) -> None:
    """Raises RuleBroken when somebody has taken the address in between."""
    change.person.email = change.email
    try:
        with transaction.atomic():
            change.person.save(update_fields=["email"])
    except IntegrityError:
        raise RuleBroken(TAKEN) from None


def _seal(person: Person) -> str:
    return salted_hmac(SALT, f"{person.email} {person.password}", algorithm="sha256").hexdigest()
