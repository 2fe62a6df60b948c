"""Newsrooms, stories and their articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from claims.adding import Outcome, Source, add_articles, uploaded
from claims.forms.adding import PasteForm, UrlsForm
from claims.forms.stories import NewStoryForm, StorySearchForm
from claims.models import Article, Membership, Newsroom, Story
from claims.models.review import Refused
from claims.pipeline.text import one_line
from claims.policies import Action, Role
from claims.views.rows import articles_with_story, kept_stories

from .access import ApiRequest, needs, reach
from .errors import Invalid
from .paging import Page, Paging, paged
from .schemas import (
    ArticleIn,
    ArticleOut,
    ArticleWithText,
    MemberOut,
    NewsroomOut,
    StoryIn,
    StoryOut,
    VersionOut,
    answers,
)

router = Router(tags=["Stories"])
EITHER = "Send either a text or a url."


@router.get("/newsrooms", **needs(Action.READ), response=answers(list[NewsroomOut]), summary="Your newsrooms")
def list_newsrooms(request: ApiRequest) -> Any:
    rooms = Newsroom.objects.visible_to(request.user)
    return [NewsroomOut.of(room, Role(room.my_role).label) for room in rooms]


@router.get(
    "/newsrooms/{pk}/members", **needs(Action.READ), response=answers(list[MemberOut]), summary="A newsroom’s people"
)
def list_members(request: ApiRequest, pk: int) -> Any:
    room = reach(request, Newsroom.objects.all(), pk)
    return [MemberOut.of(member) for member in room.memberships.current().select_related("person")]


class StoryFilter(Paging):
    q: str = Field("", max_length=200, description="Words that all occur in its title, articles or outlets.")
    show: Literal["active", "archived"] = "active"


@router.get("/stories", **needs(Action.READ), response=answers(Page[StoryOut]), summary="Stories, latest first")
def list_stories(request: ApiRequest, asked: Query[StoryFilter]) -> Any:
    form = StorySearchForm({"q": asked.q, "show": "archived" if asked.show == "archived" else ""})
    rows = form.stories(request.user).with_run()
    return paged(rows, asked, lambda found: [_story(request, story) for story in found])


@router.post("/stories", **needs(Action.EDIT), response=answers(StoryOut, 201), summary="Add a story")
def create_story(request: ApiRequest, given: StoryIn) -> Any:
    form = NewStoryForm({"title": given.title, "room": given.newsroom}, person=request.user)
    if given.newsroom is not None:
        reach(request, Newsroom.objects.all(), given.newsroom)
    if not form.is_valid():
        raise Invalid.form(form, room="newsroom")
    story = Story.objects.create(title=form.cleaned_data["title"], newsroom=form.newsroom())
    return Status(201, _read(request, story.pk))


@router.get("/stories/{pk}", **needs(Action.READ), response=answers(StoryOut), summary="A story")
def read_story(request: ApiRequest, pk: int) -> Any:
    return _read(request, pk)


@router.get(
    "/stories/{pk}/articles", **needs(Action.READ), response=answers(Page[ArticleOut]), summary="A story’s articles"
)
def list_articles(request: ApiRequest, pk: int, asked: Query[Paging]) -> Any:
    story = reach(request, kept_stories(), pk)
    rows = story.articles.kept().select_related("outlet").with_length()
    return paged(rows, asked, lambda found: [_article(request, article) for article in found])


@router.post(
    "/stories/{pk}/articles", **needs(Action.EDIT), response=answers(ArticleOut, 201), summary="Add an article"
)
def add_article(request: ApiRequest, pk: int, given: ArticleIn) -> Any:
    """Give a text with its outlet, or a url; a page is fetched before the answer comes, which can take a minute."""
    story = reach(request, kept_stories(), pk)
    if (given.text is None) == (given.url is None):
        raise Invalid({"text": [EITHER], "url": [EITHER]})
    source, field = (_pasted(given), "text") if given.url is None else (_fetched(given), "url")
    return Status(201, _add(request, story, source, field, given))


class FileQuery(Schema):
    outlet: str = Field("", max_length=120, description="If empty, taken from the file or its name.")
    title: str = Field("", max_length=500)
    even_if_duplicate: bool = False
    as_new_version: bool = False


@router.post(
    "/stories/{pk}/articles/file",
    **needs(Action.EDIT),
    response=answers(ArticleOut, 201),
    summary="Add an article from a file (.txt, .md, .html, .pdf, .docx)",
)
def add_article_file(request: ApiRequest, pk: int, asked: Query[FileQuery], file: File[UploadedFile]) -> Any:
    story = reach(request, kept_stories(), pk)
    source = _named(uploaded(file), asked.outlet, asked.title)
    return Status(201, _add(request, story, source, "file", asked))


@router.get("/articles/{pk}", **needs(Action.READ), response=answers(ArticleWithText), summary="An article")
def read_article(request: ApiRequest, pk: int) -> Any:
    article = reach(request, articles_with_story(), pk)
    return {**_article(request, article), "text": article.text}


@router.get(
    "/articles/{pk}/versions",
    **needs(Action.READ),
    response=answers(Page[VersionOut]),
    summary="An article’s versions, the first one first",
)
def list_versions(request: ApiRequest, pk: int, asked: Query[Paging]) -> Any:
    """All that its text, title, byline and publication time ever were. Positions in a comparison count in the text
    whose `text_sha256` is the comparison's."""
    article = reach(request, articles_with_story(), pk)
    rows = article.versions.select_related("by__person")
    return paged(rows, asked, lambda found: [VersionOut.of(version) for version in found])


def _read(request: ApiRequest, pk: int) -> StoryOut:
    return _story(request, reach(request, kept_stories().with_counts().with_run(), pk))


def _story(request: ApiRequest, story: Story) -> StoryOut:
    return StoryOut.of(story, request.build_absolute_uri(story.get_absolute_url()))


def _article(request: ApiRequest, article: Article) -> dict[str, Any]:
    names = "id title byline url published_at language source text_sha256 notices created_at"
    return {
        **{name: getattr(article, name) for name in names.split()},
        "story": article.story_id,
        "outlet": article.outlet.name,
        "length": getattr(article, "length", None) or len(article.text),
        "page": request.build_absolute_uri(article.get_absolute_url()),
    }


def _pasted(given: ArticleIn) -> Source:
    form = PasteForm({"text": given.text, "outlet": given.outlet, "title": given.title})
    if not form.is_valid():
        raise Invalid.form(form)
    return form.sources()[0]


def _fetched(given: ArticleIn) -> Source:
    form = UrlsForm({"urls": given.url})
    if not form.is_valid():
        raise Invalid.form(form, urls="url")
    sources: Sequence[Source] = form.sources()
    if len(sources) > 1:
        raise Invalid({"url": ["Send one address."]})
    return _named(sources[0], given.outlet, given.title)


def _named(source: Source, outlet: str, title: str) -> Source:
    return replace(source, outlet=one_line(outlet), title=one_line(title))


def _add(request: ApiRequest, story: Story, source: Source, field: str, given: ArticleIn | FileQuery) -> dict[str, Any]:
    """Raises Invalid where nothing can be read, Refused for what the story has already."""
    by = Membership.objects.of(request.user, story.newsroom_id)
    [outcome] = add_articles(story, [source], by)
    if outcome.article is None:
        raise Invalid({field: [_why(outcome)]})
    of = outcome.article.set_aside_for
    if of and given.as_new_version:
        of.take_in(outcome.article, by)
        return _article(request, of)
    if outcome.duplicate and not given.even_if_duplicate:
        outcome.article.delete()  # on the page it waits to be put back; here the answer is to send it again
        version = f"To keep it as the new version of article {of.pk}, send it with “as_new_version”. " if of else ""
        raise Refused(f"{outcome.duplicate} {version}To add it all the same, send it with “even_if_duplicate”.")
    if outcome.duplicate:
        outcome.article.put_back()
    return _article(request, outcome.article)


def _why(outcome: Outcome) -> str:
    """Why a source gave no article."""
    return outcome.error or "This is a feed. Send the address of one of its articles."
