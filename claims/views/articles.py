"""A story's articles: add, correct, order, remove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from claims.adding import Outcome, add_articles
from claims.comparison import status_of
from claims.forms.articles import AddForm, ArticleForm, FilesForm, PasteForm, UrlsForm
from claims.models import Article, Outlet, Story
from claims.models.article import EditedMeanwhile

from .fragments import render_page
from .undo import tell_with_undo
from .uploads import answer_too_large

WAYS: dict[str, type[AddForm]] = {"paste": PasteForm, "files": FilesForm, "urls": UrlsForm}


@answer_too_large
@require_http_methods(["GET", "HEAD", "POST"])
def story_articles(request: HttpRequest, pk: int) -> HttpResponse:
    story = get_object_or_404(Story.objects.kept(), pk=pk)
    if request.method != "POST":
        return _page(request, story, {})
    way = request.POST.get("way", "")
    if way not in WAYS:
        raise BadRequest("This form does not say how to add articles.")
    form = WAYS[way](request.POST, request.FILES, auto_id=f"{way}_%s")
    outcomes: list[Outcome] = []
    if form.is_valid():
        outcomes = add_articles(story, form.sources())
        form.keep([outcome for outcome in outcomes if outcome.error])
    if form.errors or any(outcome.wants_answer for outcome in outcomes):
        return _page(request, story, {way: form} if form.errors else {}, outcomes)
    for outcome in outcomes:
        messages.success(request, f"{outcome.article} was added.")
    return redirect("story_articles", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.reachable().select_related("outlet", "story"), pk=pk)
    form = ArticleForm(request.POST) if request.method == "POST" else ArticleForm.of(article)
    context = {"article": article, "story": article.story, "form": form}
    if form.is_valid():
        try:
            form.save(article)
        except EditedMeanwhile:
            context["theirs"] = theirs = Article.objects.select_related("outlet").get(pk=pk)
            form.tell_conflict(theirs)
        else:
            messages.success(request, f"{article} was saved.")
            return redirect("article", pk)
    context["status"] = status_of(article.story)
    return render_page(request, "articles/edit.html", context, partial="article", status=422 if form.errors else 200)


@require_POST
def article_remove(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.reachable().select_related("outlet"), pk=pk)
    article.remove()
    tell_with_undo(request, f"{article} was removed.", reverse("article_put_back", args=[pk]))
    return redirect("story_articles", article.story_id)


@require_POST
def article_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("outlet"), pk=pk, story__deleted_at=None)
    article.put_back()
    messages.success(request, f"{article} is in the story.")
    return redirect("story_articles", article.story_id)


@require_POST
def article_move(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.reachable().select_related("story"), pk=pk)
    article.move(step)
    return redirect("story_articles", article.story_id)


def _page(
    request: HttpRequest, story: Story, bound: Mapping[str, AddForm], outcomes: Sequence[Outcome] = ()
) -> HttpResponse:
    """The articles and the forms that add some; ``bound`` are those that hold something that could not be added."""
    context = {
        "story": story,
        "status": status_of(story),
        "articles": story.articles.kept().select_related("outlet").with_length(),
        "removed": story.articles.removed().select_related("outlet").defer("text"),
        "outlets": Outlet.objects.all()[:500],
        "forms": {way: bound.get(way) or form(auto_id=f"{way}_%s") for way, form in WAYS.items()},
        "outcomes": outcomes,
    }
    return render_page(request, "articles/list.html", context, partial="articles", status=422 if bound else 200)
