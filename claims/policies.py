"""Who may do what: the one table of roles and actions, and the rules about changing who has which role.

Pure functions: no database, no request. Views reach them through ``claims.views.access``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from django.db import models


class Role(models.IntegerChoices):
    """What someone is in a newsroom. A higher role may do all that a lower one may."""

    VIEWER = 10, "viewer"
    REVIEWER = 20, "reviewer"
    EDITOR = 30, "editor"
    ADMIN = 40, "admin"


class Action(StrEnum):
    """Said to whoever may not do it: "Your role does not let you …"."""

    READ = "read this"
    JUDGE = "judge claims"
    EDIT = "change stories and their articles"
    LEAD = "open, settle or seal review sessions"
    SHARE = "share stories with people outside the newsroom"
    MANAGE = "manage the newsroom and its people"


NEEDS = {
    Action.READ: Role.VIEWER,
    Action.JUDGE: Role.REVIEWER,
    Action.EDIT: Role.EDITOR,
    Action.LEAD: Role.EDITOR,
    Action.SHARE: Role.EDITOR,
    Action.MANAGE: Role.ADMIN,
}
SAYS = {
    Role.VIEWER: "reads stories, comparisons and what reviews found",
    Role.REVIEWER: "also judges claims in review sessions",
    Role.EDITOR: "also adds and changes stories and articles, opens and seals review sessions, shares links",
    Role.ADMIN: "also invites people, changes roles, exports and deletes the newsroom",
}


class Scope(models.TextChoices):
    """What a token may be used for, within what its owner's role allows."""

    READ = "read", "read"
    WRITE = "write", "write"
    REVIEW = "review", "review"
    LEAD = "lead", "lead"


SCOPE_SAYS = {
    Scope.READ: "read stories, articles, comparisons and review sessions",
    Scope.WRITE: "add stories and articles, start comparisons",
    Scope.REVIEW: "vote, add pairs and write notes in review sessions",
    Scope.LEAD: "open, reveal, decide, seal and reopen review sessions",
}
#: The scope that a token needs for what the API does. What is not here, no token may do.
SCOPES = {
    Action.READ: Scope.READ,
    Action.EDIT: Scope.WRITE,
    Action.JUDGE: Scope.REVIEW,
    Action.LEAD: Scope.LEAD,
}


class NotAllowed(Exception):
    """A sentence for the reader: what their role does not let them do, and which role it takes."""


class RuleBroken(Exception):
    """A sentence for the reader: why nobody may change the newsroom's people in this way."""


def may(role: int | None, action: Action) -> bool:
    """Whether ``role`` suffices for ``action``; None is someone outside the newsroom."""
    return role is not None and role >= NEEDS[action]


def check(role: int | None, action: Action) -> None:
    """Raises NotAllowed when ``role`` does not suffice."""
    if may(role, action):
        return
    yours = f"You are {with_article(Role(role))} here" if role is not None else "You are not a member of this newsroom"
    raise NotAllowed(f"{yours}. To {action} takes {with_article(NEEDS[action])}: ask an admin of the newsroom.")


def check_scope(scopes: Sequence[str], action: Action) -> None:
    """Raises NotAllowed when a token of these scopes may not be used for ``action``."""
    if SCOPES[action] not in scopes:
        raise NotAllowed(
            f"This token may not {SCOPE_SAYS[SCOPES[action]]}: that takes the scope “{SCOPES[action]}”. "
            "Make another token on the page “Tokens” of your account."
        )


def with_article(role: Role) -> str:
    return f"an {role.label}" if role.label[0] in "aeiou" else f"a {role.label}"


def check_admin_stays(role: int, new_role: int | None, admins: int) -> None:
    """Raises RuleBroken when the last of ``admins`` would get ``new_role``, or with None would go."""
    if role == Role.ADMIN and new_role != Role.ADMIN and admins <= 1:
        raise RuleBroken(
            "A newsroom needs an admin, and this is its only one. "
            "Make someone else an admin first, or delete the newsroom."
        )


class Can:
    """What a role may do, for templates: ``can.edit``, ``can.manage``; for someone outside, nothing."""

    def __init__(self, role: int | None) -> None:
        self.role = None if role is None else Role(role)

    def __getattr__(self, name: str) -> bool:
        try:
            return may(self.role, Action[name.upper()])
        except KeyError:
            raise AttributeError(name) from None
