"""A newsroom: its people, its name; everything of it in one file; its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.accounts import end_membership
from claims.forms.people import InviteForm, NewsroomForm, TypedConfirmation
from claims.models import Membership, Newsroom
from claims.models.newsroom import NewsroomQuerySet
from claims.newsroom_end import delete_newsroom, export_newsroom
from claims.policies import SAYS, Action, Role

from .access import asker, logged_in, on


def newsrooms() -> NewsroomQuerySet:
    return Newsroom.objects.all()


@require_safe
@logged_in
def my_newsrooms(request: HttpRequest) -> HttpResponse:
    """Leads to the newsroom of whoever has one only."""
    rooms = list(Newsroom.objects.visible_to(request.user))
    if len(rooms) == 1:
        return redirect(rooms[0])
    return render(request, "people/newsrooms.html", {"newsrooms": [(room, Role(room.my_role).label) for room in rooms]})


@require_http_methods(["GET", "HEAD", "POST"])
@on(newsrooms, Action.READ, post=Action.MANAGE)
def newsroom(request: HttpRequest, newsroom: Newsroom) -> HttpResponse:
    """Its people, for every member; GET. Its new name; POST."""
    if request.method != "POST":
        return show_newsroom(request, newsroom)
    form = NewsroomForm(request.POST)
    if not form.is_valid():
        return show_newsroom(request, newsroom, name_form=form)
    newsroom.rename(form.cleaned_data["name"])
    messages.success(request, f"The newsroom is now called {newsroom}.")
    return redirect(newsroom)


def show_newsroom(request: HttpRequest, newsroom: Newsroom, **told: object) -> HttpResponse:
    """``told``: forms that hold an error, shown with what was typed, or the invitation just made and its link."""
    members = Membership.objects.filter(newsroom=newsroom).select_related("person").order_by("number")
    context = {
        "newsroom": newsroom,
        "members": [member for member in members if member.is_current],
        "former": [member for member in members if not member.is_current],
        "invitations": newsroom.invitations.open() if request.can.manage else [],  # type: ignore[attr-defined]
        "invite_form": InviteForm(newsroom=newsroom),
        "name_form": NewsroomForm({"name": newsroom.name}),
        "roles": [(role.value, role.label, SAYS[role]) for role in Role],
        **told,
    }
    has_errors = any(getattr(form, "errors", None) for form in told.values())
    return render(request, "people/newsroom.html", context, status=422 if has_errors else 200)


@require_safe
@on(newsrooms, Action.MANAGE)
def newsroom_export(request: HttpRequest, newsroom: Newsroom) -> FileResponse:
    name = f"{slugify(newsroom.name) or 'newsroom'}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(export_newsroom(newsroom), as_attachment=True, filename=name)


@require_http_methods(["GET", "HEAD", "POST"])
@on(newsrooms, Action.MANAGE)
def newsroom_delete(request: HttpRequest, newsroom: Newsroom) -> HttpResponse:
    form = TypedConfirmation(request.POST or None, wanted=newsroom.name)
    if request.method != "POST" or not form.is_valid():
        context = {"newsroom": newsroom, "form": form, "stories": newsroom.stories.count()}
        return render(request, "people/newsroom_delete.html", context, status=422 if form.errors else 200)
    delete_newsroom(newsroom)
    if asker(request).is_alone:
        Newsroom.objects.home()
    messages.success(request, f"{newsroom.name} and everything in it is deleted.")
    return redirect("stories")


@require_POST
@on(newsrooms, Action.READ)
def newsroom_leave(request: HttpRequest, newsroom: Newsroom) -> HttpResponse:
    me = Membership.objects.current().get(newsroom=newsroom, person=request.user.pk)
    end_membership(me, by=me)
    messages.success(request, f"You have left {newsroom}. What you did there stays, under your name.")
    return redirect("stories")
