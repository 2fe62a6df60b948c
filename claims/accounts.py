"""How accounts and memberships begin, change and end."""

from __future__ import annotations

from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone

from claims.forms.people import FirstAccountForm
from claims.models import Invitation, Membership, Newsroom, Person
from claims.policies import Action, may
from claims.review.judges import release


@transaction.atomic
def open_first_account(form: FirstAccountForm, home: Newsroom) -> Person:
    """The person who worked alone gets an account; their newsroom, with all its stories, gets its name."""
    home.rename(form.cleaned_data["newsroom"])
    return form.save()


@transaction.atomic
def change_role(member: Membership, role: int, by: Membership) -> None:
    """Others judge what waits for a member whose role does not let them any more. Raises RuleBroken."""
    member.change_role(role)
    if not may(role, Action.JUDGE):
        release(member, by.number)


@transaction.atomic
def end_membership(member: Membership, by: Membership) -> None:
    """The member leaves or is removed; others judge what waits for them. Raises RuleBroken."""
    member.end()
    release(member, by.number)


@transaction.atomic
def delete_account(person: Person) -> None:
    """The account goes, and with it name and e-mail address; what the person did stays, of "former member 3".

    Raises RuleBroken when a newsroom would be left without an admin; nothing is deleted then.
    """
    for membership in Membership.objects.current().filter(person=person):
        end_membership(membership, by=membership)
    Membership.objects.filter(person=person, left_at=None).update(left_at=timezone.now())
    Invitation.objects.filter(email=person.email).delete()
    AccessAttempt.objects.filter(username=person.email).delete()
    person.delete()
