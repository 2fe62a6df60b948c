"""Links through which others read a story or a review session: made and taken back by editors, followed by anyone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.forms.shares import CommentForm, SessionShareForm, ShareForm
from claims.models import Membership, ReviewSession, ShareComment, ShareLink, Story
from claims.policies import Action

from .access import KEPT_LINKS, anyone, asker, on, shared_link
from .review_rows import review_sessions
from .rows import kept_stories

#: The links that a browser follows at a time; older ones must be opened again.
MAX_KEPT = 20


@require_http_methods(["GET", "HEAD", "POST"])
@on(kept_stories, Action.READ, post=Action.SHARE)
def story_share(request: HttpRequest, story: Story) -> HttpResponse:
    return _share(request, story, ShareForm, {"story": story})


@require_http_methods(["GET", "HEAD", "POST"])
@on(review_sessions, Action.READ, post=Action.SHARE)
def review_share(request: HttpRequest, session: ReviewSession) -> HttpResponse:
    return _share(request, session, SessionShareForm, {"story": session.story, "session": session})


def _share(request: HttpRequest, to: Any, form_class: type[ShareForm], context: dict[str, Any]) -> HttpResponse:
    """The links to it and what was written through them; POST makes a link, which is shown once."""
    form, made, address = form_class(request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        by = Membership.objects.current().get(newsroom=context["story"].newsroom_id, person=asker(request).pk)
        made, token = ShareLink.objects.share(to, by, **form.cleaned_data)
        address, form = request.build_absolute_uri(reverse("shared", args=[token])), form_class()
    elif request.method != "POST":
        form = form_class()
    context |= {
        "to": to,
        "form": form,
        "made": made,
        "address": address,
        "links": to.share_links.select_related("created_by__person"),
        "comments": ShareComment.objects.filter(link__in=to.share_links.all()),
    }
    return render(request, "people/share.html", context, status=422 if form.errors else 200)


@require_POST
@on(ShareLink.objects.all, Action.SHARE)
def share_revoke(request: HttpRequest, link: ShareLink) -> HttpResponse:
    link.revoke()
    messages.success(request, "The link is taken back: it leads nowhere now.")
    return redirect(link.leads_to.share_url)


@never_cache
@require_safe
@anyone
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """A link that never was, has expired or was taken back gets one and the same answer."""
    link = ShareLink.objects.of_token(token)
    if link is None:
        return render(request, "people/share_over.html", status=404)
    kept = [pk for pk in request.session.get(KEPT_LINKS, []) if pk != link.pk]
    request.session[KEPT_LINKS] = [link.pk, *kept][:MAX_KEPT]
    return redirect(link.leads_to)


@require_http_methods(["GET", "HEAD", "POST"])
@anyone
def shared_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """What was written through the link that the reader followed; POST adds to it."""
    link = shared_link(request, pk=pk)
    if link is None or not link.allows_comments:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _add(request, link, form)
        return redirect("shared_comments", pk)
    context = {"link": link, "form": form, "comments": link.comments.all()}
    return render(request, "people/shared_comments.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, link: ShareLink, form: CommentForm) -> None:
    """Save the comment, but not a second time when the same form is sent twice."""
    comment = form.as_comment()
    if link.comments.count() >= ShareLink.MAX_COMMENTS:
        messages.error(request, "So many comments were written through this link that it takes no more.")
    elif not link.comments.filter(name=comment.name, text=comment.text).exists():
        comment.link = link
        comment.save()
        messages.success(request, "Your comment was sent to the newsroom.")
