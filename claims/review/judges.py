"""Who judges in a session: people who join, whom an editor takes out, and who may not judge any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import Membership, Participant, ReviewSession
from claims.models.review import Refused

from .seating import hand_on

LAST_JUDGE = "A session needs somebody who judges. Let another person join first, then take this one out."


@transaction.atomic
def join(session_pk: int, by: Membership, people: Sequence[Membership], fields: dict[str, Any]) -> None:
    """Change what stands above the session, and let ``people`` judge too; they take over what waits for others.

    What waits for nobody who may judge is dealt to them at once. Who was taken out before is in it again.
    """
    session = ReviewSession.objects.select_for_update().get(pk=session_pk)
    session.check_not_sealed()
    for name, value in fields.items():
        setattr(session, name, value)
    there = dict(session.participants.values_list("membership", "left_at"))
    joining = [member for member in people if there.get(member.pk, True)]
    session.participants.filter(membership__in=joining).update(left_at=None)
    Participant.objects.bulk_create(
        Participant(session=session, membership=member) for member in joining if member.pk not in there
    )
    dealt = hand_on(session) if joining and session.is_judging else 0
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
    session.log(by.number, "changed", joined=[member.number for member in joining], dealt=dealt, **told)
    session.save_trail(*fields)


@transaction.atomic
def take_out(session_pk: int, by: Membership, participant_pk: int) -> int:
    """Let somebody judge no more. Their votes stay and count; how many waiting items went to others.

    Raises Refused when nobody who may judge would be left.
    """
    session = ReviewSession.objects.select_for_update().get(pk=session_pk)
    session.check_judging()
    leaver = session.participants.there().filter(pk=participant_pk).select_related("membership").first()
    if leaver is None:
        raise Refused("This person does not judge in this session.")
    if not session.participants.able().exclude(pk=leaver.pk).exists():
        raise Refused(LAST_JUDGE)
    leaver.left_at, leaver.looks_until = timezone.now(), None
    leaver.save(update_fields=["left_at", "looks_until"])
    dealt = hand_on(session)
    session.log(by.number, "took out", other=leaver.membership.number, items=dealt)
    session.save_trail()
    return dealt


@transaction.atomic
def release(member: Membership, by: int) -> None:
    """Hand on what waits for a member who may not judge any more, in every session that takes votes.

    ``by``: the number of the member who changed that. They stay among the judges, should their role be given back.
    """
    sessions = ReviewSession.objects.filter(state=ReviewSession.State.JUDGING, participants__membership=member)
    for session in ReviewSession.objects.select_for_update().filter(pk__in=sessions.values("pk")).order_by("pk"):
        if dealt := hand_on(session):
            session.log(by, "handed on", other=member.number, items=dealt)
            session.save_trail()
