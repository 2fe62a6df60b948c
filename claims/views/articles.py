"""A story's articles: add, correct, order, remove."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from claims.adding import Outcome
from claims.comparison import status_of
from claims.forms.adding import AddForms
from claims.forms.articles import ArticleForm, OutletForm
from claims.models import Article, Membership, Outlet, Story
from claims.models.article import EditedMeanwhile
from claims.policies import Action

from .access import asker, on
from .fragments import render_page
from .rows import articles_with_story, kept_stories, removed_articles_too
from .undo import tell_with_undo
from .uploads import answer_too_large


@answer_too_large
@require_http_methods(["GET", "HEAD", "POST"])
@on(kept_stories, Action.READ, post=Action.EDIT)
def story_articles(request: HttpRequest, story: Story) -> HttpResponse:
    if request.method != "POST":
        return _page(request, story, AddForms())
    forms = AddForms(request.POST, request.FILES)
    if not forms.is_pressed:
        raise BadRequest("This form does not say how to add articles.")
    outcomes = forms.add_to(story, _me(request, story))
    if not forms.is_empty or any(outcome.wants_answer for outcome in outcomes):
        return _page(request, story, forms, outcomes)
    for outcome in outcomes:
        messages.success(request, f"{outcome.article} was added.")
    return redirect("story_articles", story.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@on(articles_with_story, Action.READ, post=Action.EDIT)
def article(request: HttpRequest, article: Article) -> HttpResponse:
    form = ArticleForm(request.POST) if request.method == "POST" else ArticleForm.of(article)
    context = {"article": article, "story": article.story, "form": form}
    if form.is_valid():
        try:
            form.save(article, _me(request, article.story))
        except EditedMeanwhile:
            context["theirs"] = theirs = Article.objects.select_related("outlet").get(pk=article.pk)
            form.tell_conflict(theirs)
        else:
            messages.success(request, f"{article} was saved.")
            return redirect("article", article.pk)
    context["status"] = status_of(article.story)
    return render_page(request, "articles/edit.html", context, partial="article", status=422 if form.errors else 200)


@require_POST
@on(articles_with_story, Action.EDIT)
def article_outlet(request: HttpRequest, article: Article) -> HttpResponse:
    """Name an article's outlet in the list. The list comes next, whatever was typed: its form still stands there."""
    form = OutletForm(request.POST)
    if form.is_valid():
        form.save(article)
        messages.success(request, f"The outlet is now called {article.outlet}.")
    else:
        messages.error(request, " ".join(map(str, form.errors["outlet"])))
    return redirect("story_articles", article.story_id)


@require_POST
@on(articles_with_story, Action.EDIT)
def article_remove(request: HttpRequest, article: Article) -> HttpResponse:
    article.remove()
    tell_with_undo(request, f"{article} was removed.", reverse("article_put_back", args=[article.pk]))
    return redirect("story_articles", article.story_id)


@require_POST
@on(removed_articles_too, Action.EDIT)
def article_put_back(request: HttpRequest, article: Article) -> HttpResponse:
    article.put_back()
    messages.success(request, f"{article} is in the story.")
    return redirect("story_articles", article.story_id)


@require_POST
@on(articles_with_story, Action.EDIT)
def article_move(request: HttpRequest, article: Article, step: int) -> HttpResponse:
    article.move(step)
    return redirect("story_articles", article.story_id)


def _me(request: HttpRequest, story: Story) -> Membership:
    return Membership.objects.of(asker(request), story.newsroom_id)


def _page(request: HttpRequest, story: Story, forms: AddForms, outcomes: Sequence[Outcome] = ()) -> HttpResponse:
    """The articles, what became of those just given, and the forms; to htmx only the part that it asks for."""
    removed = list(story.articles.removed().select_related("outlet", "set_aside_for__outlet").defer("text"))
    context = {
        "story": story,
        "status": status_of(story),
        "articles": story.articles.kept().select_related("outlet").with_length(),
        "removed": removed,
        "waiting": any(article.set_aside_for for article in removed) and not outcomes,
        "outlets": Outlet.objects.known_to(story.newsroom_id)[:500],
        "forms": forms.by_place,
        "outcomes": outcomes,
    }
    # Moving or removing an article renews the list alone, and leaves alone what is being typed below.
    partial = "articles" if request.htmx.target == "articles" else "page"  # type: ignore[attr-defined]
    return render_page(request, "articles/list.html", context, partial=partial, status=422 if forms.has_errors else 200)
