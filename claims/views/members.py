"""The people of a newsroom, by its admins: invite, take back, change a role, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from claims.accounts import change_role, end_membership
from claims.forms.people import InviteForm, RoleForm
from claims.mail import invitation_link, send_invitation
from claims.models import Invitation, Membership, Newsroom
from claims.policies import Action, Role, with_article

from .access import asker, on
from .newsrooms import newsrooms, show_newsroom


@require_POST
@on(newsrooms, Action.MANAGE)
def member_invite(request: HttpRequest, newsroom: Newsroom) -> HttpResponse:
    """The link is shown once, to hand over where no e-mail arrives; only its hash is kept."""
    form = InviteForm(request.POST, newsroom=newsroom)
    me = asker(request)
    if me.is_alone:
        return redirect("first_account")
    if not form.is_valid():
        return show_newsroom(request, newsroom, invite_form=form)
    email, role = form.cleaned_data["email"], form.cleaned_data["role"]
    invitation, token = Invitation.objects.invite(newsroom, email, role, _me(request, newsroom))
    link = invitation_link(request, token)
    was_sent = send_invitation(invitation, link, me)
    return show_newsroom(request, newsroom, invited=invitation, link=link, was_sent=was_sent)


@require_POST
@on(newsrooms, Action.MANAGE)
def invitation_revoke(request: HttpRequest, newsroom: Newsroom, invitation: int) -> HttpResponse:
    found = get_object_or_404(newsroom.invitations, pk=invitation)
    found.revoke()
    messages.success(request, f"The invitation of {found.email} is taken back: its link leads nowhere now.")
    return redirect(newsroom)


@require_POST
@on(newsrooms, Action.MANAGE)
def member_role(request: HttpRequest, newsroom: Newsroom, number: int) -> HttpResponse:
    member, form = _member(newsroom, number), RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "There is no such role. Nothing was changed.")
    else:
        change_role(member, form.cleaned_data["role"], by=_me(request, newsroom))
        messages.success(request, f"{member} is now {with_article(Role(member.role))}.")
    return redirect(newsroom)


@require_POST
@on(newsrooms, Action.MANAGE)
def member_remove(request: HttpRequest, newsroom: Newsroom, number: int) -> HttpResponse:
    member = _member(newsroom, number)
    end_membership(member, by=_me(request, newsroom))
    messages.success(request, f"{member} is no member any more. What they did here stays, under their name.")
    return redirect(newsroom)


def _me(request: HttpRequest, newsroom: Newsroom) -> Membership:
    return Membership.objects.current().get(newsroom=newsroom, person=asker(request).pk)


def _member(newsroom: Newsroom, number: int) -> Membership:
    return get_object_or_404(Membership.objects.current().select_related("person"), newsroom=newsroom, number=number)
