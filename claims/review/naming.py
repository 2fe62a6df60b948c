"""What people are called in a session: by their names in the newsroom, and to others as its editor decides."""

from __future__ import annotations

from collections.abc import Callable

from claims.models import Membership, ReviewSession

Naming = Callable[[Membership], str]


def by_name(member: Membership) -> str:
    return member.label


def without_names(session: ReviewSession) -> Naming:
    """ "judge 1", "judge 2", everywhere the same; "an editor" for whoever decided or reopened and judges nothing."""
    members = session.participants.order_by("pk").values_list("membership", flat=True)
    numbers = {pk: number for number, pk in enumerate(members, start=1)}
    return lambda member: f"judge {numbers[member.pk]}" if member.pk in numbers else "an editor"
