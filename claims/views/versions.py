"""The versions of an article: what its outlet changed, which claims that touches, and how another version comes in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from claims.comparison import status_of
from claims.forms.versions import VersionsForm
from claims.models import Article, ArticleVersion, Membership
from claims.models.article import EditedMeanwhile
from claims.pipeline.types import UnusableInput
from claims.policies import Action
from claims.presentation.versions import Revision
from claims.renewing import fetch_again
from claims.review.touched import touched

from .access import asker, on
from .fragments import render_page
from .rows import articles_with_story, removed_articles_too

NO_ADDRESS = "This article has no address to fetch. Enter it on the article’s page, under “Address”."
NOTHING_NEW = "Nothing changed: the page says what it said when it was fetched last."
MEANWHILE = "Somebody edited the article while its page was fetched, so nothing was taken over. Fetch it again."
WAS_EDITED = "What was edited here by hand is kept in version {number}, and is not in the new one."
LITTLE_ALIKE = (
    "Less than half of the text is in the new version. Look whether the page still shows this article: if not, restore "
    "version {number}."
)
NO_MORE = "The article that this was set aside for is no longer in the story. Put it back as an article of its own."
KEPT_ALREADY = "This was kept already: it is one of the versions below."
OF_ITS_OWN = "This is no longer set aside: it was put back as an article of its own."


@require_safe
@on(articles_with_story, Action.READ)
def article_versions(request: HttpRequest, article: Article) -> HttpResponse:
    versions = list(article.versions.with_length().select_related("by__person"))
    form = VersionsForm(request.GET, versions)
    before, after = (article.versions.get(number=n) for n in (form.before_number, form.after_number))
    status = status_of(article.story)
    is_changed = before.number < versions[-1].number and status.comparison is not None
    context = {
        "article": article,
        "story": article.story,
        "status": status,
        "form": form,
        "versions": versions[::-1],
        "latest": versions[-1],
        "revision": Revision(
            before, after, is_whole=form.cleaned_data["whole"], hides_tiny=form.cleaned_data["hide_tiny"]
        ),
        "touched": touched(article, before, status.comparison) if is_changed and status.comparison else None,
        "is_changed": is_changed,
    }
    return render_page(request, "articles/versions.html", context, partial="versions")


def _me(request: HttpRequest, article: Article) -> Membership:
    return Membership.objects.of(asker(request), article.story.newsroom_id)


def _show(article: Article, version: ArticleVersion | None = None) -> HttpResponse:
    """The version beside the one before it."""
    asked = f"?before={version.number - 1}&after={version.number}" if version else ""
    return redirect(reverse("article_versions", args=[article.pk]) + asked)


@require_POST
@on(articles_with_story, Action.EDIT)
def article_fetch(request: HttpRequest, article: Article) -> HttpResponse:
    if not article.url:
        messages.error(request, NO_ADDRESS)
        return _show(article)
    last = article.versions.last()
    try:
        version = fetch_again(article, _me(request, article))
    except UnusableInput as error:
        messages.error(request, f"{error} The article is as it was.")
        return _show(article)
    except EditedMeanwhile:
        messages.error(request, MEANWHILE)
        return _show(article)
    if version is None or last is None:
        messages.info(request, NOTHING_NEW)
        return _show(article)
    messages.success(request, f"The page says something else by now. This is version {version.number}.")
    if last.came == ArticleVersion.Came.EDIT:
        messages.info(request, WAS_EDITED.format(number=last.number))
    if Revision(last, version).is_little_alike:
        messages.warning(request, LITTLE_ALIKE.format(number=last.number))
    return _show(article, version)


@require_POST
@on(articles_with_story, Action.EDIT)
def article_restore(request: HttpRequest, article: Article, number: int) -> HttpResponse:
    old = article.versions.filter(number=number).first()
    if old is None:
        raise Http404
    version = article.restore(old, _me(request, article))
    if version is None:
        messages.info(request, f"The article says what it said in version {number}.")
    else:
        messages.success(request, f"Version {number} is restored, as version {version.number}.")
    return _show(article, version)


@require_POST
@on(removed_articles_too, Action.EDIT)
def article_as_version(request: HttpRequest, article: Article, other: int) -> HttpResponse:
    """Make what was set aside for an article its next version. Pressed again, it leads to the versions too."""
    if article.deleted_at:
        messages.error(request, NO_MORE)
        return redirect("story_articles", article.story_id)
    aside = article.story.articles.filter(pk=other).first()
    if aside is None:  # what is taken in goes for good
        messages.info(request, KEPT_ALREADY)
        return _show(article)
    if aside.set_aside_for_id != article.pk:
        messages.info(request, OF_ITS_OWN)
        return redirect("story_articles", article.story_id)
    version = article.take_in(aside, _me(request, article))
    if version is None:
        messages.info(request, f"{article} says that already.")
    else:
        messages.success(request, f"This is version {version.number} of {article}.")
    return _show(article, version)
