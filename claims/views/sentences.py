"""An article's sentences as they are now, and their correction: split, join, role, undo."""

from __future__ import annotations

from typing import get_args

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from claims.comparison import status_of
from claims.forms.sentences import CorrectionForm, SplittingForm
from claims.models import Article
from claims.models.article import EditedMeanwhile
from claims.pipeline.types import Role
from claims.sentences import listed_sentences

from .fragments import render_page

MEANWHILE = "The article's text was changed since you opened this page. These are its sentences now: please try again."


@require_safe
def article_sentences(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(pk)
    context = {
        "article": article,
        "story": article.story,
        "status": status_of(article.story),
        "sentences": listed_sentences(article, splitting=SplittingForm(request.GET).start()),
        "roles": get_args(Role),
        "reader_corrections": article.corrections.by_readers().count(),
    }
    return render_page(request, "articles/sentences.html", context, partial="sentences")


@require_POST
def sentence_correct(request: HttpRequest, pk: int, form_class: type[CorrectionForm]) -> HttpResponse:
    article = _article(pk)
    form = form_class(request.POST)
    if not form.is_valid():  # only a forged form: its fields are all hidden or buttons
        raise BadRequest("This correction does not say which words it is about.")
    try:
        article.correct(form.correction(), form.cleaned_data["text_sha256"])
    except EditedMeanwhile:
        messages.error(request, MEANWHILE)
    return redirect("article_sentences", pk)


@require_POST
def sentence_undo(request: HttpRequest, pk: int) -> HttpResponse:
    if not _article(pk).undo_correction():
        messages.info(request, "There is no correction left to undo.")
    return redirect("article_sentences", pk)


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.reachable().select_related("outlet", "story"), pk=pk)
