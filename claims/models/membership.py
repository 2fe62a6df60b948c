"""Who belongs to a newsroom, as what. What people did there hangs on their membership, which outlives the account."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from claims import policies
from claims.policies import Role

from .newsroom import Newsroom
from .person import Person


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> MembershipQuerySet:
        """Memberships of people who are there now."""
        return self.filter(left_at=None).exclude(person=None)

    def admins(self) -> MembershipQuerySet:
        return self.current().filter(role=Role.ADMIN)

    def of(self, person: Person, newsroom: int) -> Membership:
        """The membership of someone who was let in."""
        return self.get(person=person.pk, newsroom=newsroom)

    def join(self, newsroom: Newsroom, person: Person, role: int) -> Membership:
        """``person``'s membership: a new one with ``role``, or the one they had before, which keeps its number.

        Who is a member now keeps their role: what they were asked to be may be less.
        """
        with transaction.atomic():
            Newsroom.objects.select_for_update().get(pk=newsroom.pk)  # two people who join at once get two numbers
            number = (self.filter(newsroom=newsroom).aggregate(last=models.Max("number"))["last"] or 0) + 1
            membership, is_new = self.get_or_create(
                newsroom=newsroom, person=person, defaults={"role": role, "number": number}
            )
            if not is_new and membership.left_at:
                membership.role, membership.left_at = role, None
                membership.save(update_fields=["role", "left_at"])
        return membership


class Membership(models.Model):
    """``number`` counts a newsroom's members from 1 and is never given twice. Rows go only with their newsroom."""

    Role = Role

    newsroom = models.ForeignKey(Newsroom, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships")
    role = models.PositiveSmallIntegerField(choices=Role)
    number = models.PositiveIntegerField(editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["newsroom", "number"]
        constraints = [
            models.UniqueConstraint(fields=["newsroom", "person"], name="member_once_a_newsroom"),
            models.UniqueConstraint(fields=["newsroom", "number"], name="member_number_once_a_newsroom"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name under which others see what this member did."""
        return self.person.name if self.person else f"former member {self.number}"

    @property
    def is_current(self) -> bool:
        return self.person_id is not None and self.left_at is None

    def change_role(self, role: int) -> None:
        """Raises RuleBroken when the newsroom would be left without an admin."""
        with transaction.atomic():
            self._check_admin_stays(role)
            self.role = role
            self.save(update_fields=["role"])

    def end(self) -> None:
        """The person leaves or is removed; what they did stays under their name. Raises RuleBroken as above."""
        with transaction.atomic():
            self._check_admin_stays(None)
            self.left_at = timezone.now()
            self.save(update_fields=["left_at"])

    def _check_admin_stays(self, role: int | None) -> None:
        Newsroom.objects.select_for_update().get(pk=self.newsroom_id)  # two admins cannot both go at once
        admins = Membership.objects.admins().filter(newsroom=self.newsroom_id).count()
        policies.check_admin_stays(self.role if self.is_current else Role.VIEWER, role, admins)
