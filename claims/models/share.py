"""Links through which people outside a newsroom read one story or one review session, until they end."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .invitation import token_sha256
from .membership import Membership
from .newsroom import Newsroom, within_reach
from .review import ReviewSession
from .story import Story

TO_A_STORY = Q(story__isnull=False, session=None)
TO_A_SESSION = Q(story=None, session__isnull=False)
LEADS_TO = ("story__newsroom", "session__story__newsroom")


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    def visible_to(self, person: object) -> ShareLinkQuerySet:
        """Links of the newsrooms of which ``person`` is a member, each with their role there as ``my_role``."""
        return within_reach(self, person, "created_by__newsroom__memberships").kept()

    def kept(self) -> ShareLinkQuerySet:
        """Links to what nobody deleted."""
        return self.filter(story__deleted_at=None, session__story__deleted_at=None)

    def open(self) -> ShareLinkQuerySet:
        """Links that still lead somewhere, each with what it leads to."""
        found = self.kept().filter(revoked_at=None, expires_at__gt=timezone.now())
        return found.select_related(*LEADS_TO)

    def of_token(self, token: str) -> ShareLink | None:
        return self.open().filter(token_sha256=token_sha256(token)).first()

    def share(self, to: Story | ReviewSession, by: Membership, days: int, **allowed: bool) -> tuple[ShareLink, str]:
        """A new link and its token, which nobody can learn again. ``allowed``: allows_comments, shows_names."""
        token = secrets.token_urlsafe(32)
        leads_to = {"session" if isinstance(to, ReviewSession) else "story": to}
        expires_at = timezone.now() + timedelta(days=days)
        link = self.create(
            created_by=by, token_sha256=token_sha256(token), expires_at=expires_at, **leads_to, **allowed
        )
        return link, token


class ShareLink(models.Model):
    """To a story, or to a review session. ``token_sha256`` is all that is kept of the link's secret.

    ``shows_names``: whether readers of a session learn what its judges are called.
    """

    MAX_COMMENTS = 500  # a link: more than that nobody reads, and somebody could be filling the disk

    story = models.ForeignKey(Story, null=True, blank=True, on_delete=models.CASCADE, related_name="share_links")
    session = models.ForeignKey(
        ReviewSession, null=True, blank=True, on_delete=models.CASCADE, related_name="share_links"
    )
    created_by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    allows_comments = models.BooleanField(default=False)
    shows_names = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=TO_A_STORY | TO_A_SESSION, name="link_to_a_story_or_a_session"),
            models.CheckConstraint(
                condition=Q(shows_names=False) | Q(session__isnull=False), name="link_shows_names_of_judges"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to {self.leads_to}"

    @property
    def leads_to(self) -> Any:
        """The story or the session."""
        return self.session or self.story

    @property
    def newsroom(self) -> Newsroom:
        story: Story = self.session.story if self.session else self.story  # type: ignore[assignment]
        return story.newsroom

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def revoke(self) -> None:
        """Take the link back; one that was taken back before keeps its date."""
        ShareLink.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now())


class ShareComment(models.Model):
    """What someone with a link wrote; ``name`` is their own word for who they are."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="comments")
    name = models.CharField(max_length=120)
    text = models.TextField(max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"
