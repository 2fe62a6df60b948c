"""The form that the bookmark "Send to Claims" opens: a page's address, and the story that it belongs to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.adding import add_articles, web_page
from claims.forms.sending import SendForm
from claims.models import Membership

from .access import asker, logged_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@logged_in
def send(request: HttpRequest) -> HttpResponse:
    """GET only fills the form in: no site that leads somebody here can add anything."""
    if request.method != "POST":
        form = SendForm(person=request.user, initial={"url": request.GET.get("url", "")[:2000]})
        return _page(request, form)
    form = SendForm(request.POST, person=request.user)
    if not form.is_valid():
        return _page(request, form)
    story = form.chosen()
    by = Membership.objects.of(asker(request), story.newsroom_id)
    [outcome] = add_articles(story, [web_page(form.cleaned_data["url"])], by)
    if outcome.error or outcome.feed:
        form.add_error("url", outcome.error or "This is a feed. Open one of its articles and send that.")
        return _page(request, form)
    if outcome.duplicate:
        messages.warning(request, f"{outcome.duplicate} It was set aside, under “removed or set aside”.")
    else:
        messages.success(request, f"{outcome.article} was added.")
    return redirect("story_articles", story.pk)


def _page(request: HttpRequest, form: SendForm) -> HttpResponse:
    context = {"form": form, "title": request.GET.get("title", "")[:300]}
    return render(request, "stories/send.html", context, status=422 if form.errors else 200)
