"""Routes, grouped by resource."""

from django.urls import include, path

from claims.forms.sentences import JoinForm, RoleForm, SplitForm
from claims.views import (
    articles,
    exports,
    jobs,
    review_items,
    review_lists,
    review_sessions,
    sentences,
    stories,
    versions,
)
from claims.views.claim import claim
from claims.views.matrix import matrix
from claims.views.overview import story
from claims.views.quotations import quotations
from claims.views.sending import send
from claims.views.side_by_side import side_by_side
from claims.views.threshold import story_threshold

handler400 = "claims.views.errors.bad_request"

urlpatterns = [
    # Stories
    path("", stories.stories, name="stories"),
    path("stories/", stories.story_create, name="story_create"),
    path("stories/<int:pk>/rename/", stories.story_rename, name="story_rename"),
    path("stories/<int:pk>/archive/", stories.story_archive, name="story_archive"),
    path("stories/<int:pk>/unarchive/", stories.story_unarchive, name="story_unarchive"),
    path("stories/<int:pk>/delete/", stories.story_delete, name="story_delete"),
    path("stories/<int:pk>/undelete/", stories.story_undelete, name="story_undelete"),
    # A story's comparison
    path("stories/<int:pk>/", story, name="story"),
    path("stories/<int:pk>/side-by-side/", side_by_side, name="story_side_by_side"),
    path("stories/<int:pk>/matrix/", matrix, name="story_matrix"),
    path("stories/<int:pk>/quotations/", quotations, name="story_quotations"),
    path("stories/<int:pk>/claims/<int:number>/", claim, name="claim"),
    path("stories/<int:pk>/threshold/", story_threshold, name="story_threshold"),
    # A story's articles, and their sentences
    path("stories/<int:pk>/articles/", articles.story_articles, name="story_articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/outlet/", articles.article_outlet, name="article_outlet"),
    path("articles/<int:pk>/remove/", articles.article_remove, name="article_remove"),
    path("articles/<int:pk>/put-back/", articles.article_put_back, name="article_put_back"),
    path("articles/<int:pk>/up/", articles.article_move, {"step": -1}, name="article_up"),
    path("articles/<int:pk>/down/", articles.article_move, {"step": 1}, name="article_down"),
    path("articles/<int:pk>/versions/", versions.article_versions, name="article_versions"),
    path("articles/<int:pk>/versions/<int:number>/restore/", versions.article_restore, name="article_restore"),
    path("articles/<int:pk>/fetch/", versions.article_fetch, name="article_fetch"),
    path("articles/<int:pk>/versions/take-in/<int:other>/", versions.article_as_version, name="article_as_version"),
    path("articles/<int:pk>/sentences/", sentences.article_sentences, name="article_sentences"),
    path("articles/<int:pk>/split/", sentences.sentence_correct, {"form_class": SplitForm}, name="sentence_split"),
    path("articles/<int:pk>/join/", sentences.sentence_correct, {"form_class": JoinForm}, name="sentence_join"),
    path("articles/<int:pk>/role/", sentences.sentence_correct, {"form_class": RoleForm}, name="sentence_role"),
    path("articles/<int:pk>/undo/", sentences.sentence_undo, name="sentence_undo"),
    # Comparing
    path("stories/<int:pk>/compare/", jobs.compare, name="compare"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    # Review sessions
    path("stories/<int:pk>/sessions/", review_sessions.story_reviews, name="story_reviews"),
    path("stories/<int:pk>/sessions/new/", review_sessions.review_open, name="review_open"),
    path("sessions/<int:pk>/", review_sessions.review, name="review"),
    path("sessions/<int:pk>/edit/", review_sessions.review_edit, name="review_edit"),
    path("sessions/<int:pk>/reveal/", review_sessions.review_reveal, name="review_reveal"),
    path("sessions/<int:pk>/seal/", review_sessions.review_seal, name="review_seal"),
    path("sessions/<int:pk>/reopen/", review_sessions.review_reopen, name="review_reopen"),
    path("sessions/<int:pk>/compared-again/", review_sessions.review_catch_up, name="review_catch_up"),
    path("sessions/<int:pk>/take-over/<int:other>/", review_sessions.review_take_over, name="review_take_over"),
    path("sessions/<int:pk>/take-out/<int:other>/", review_sessions.review_take_out, name="review_take_out"),
    path("sessions/<int:pk>/trail/", review_sessions.review_trail, name="review_trail"),
    path("sessions/<int:pk>/export/", exports.review_exports, name="review_exports"),
    path("sessions/<int:pk>/export/<slug:name>/", exports.review_export, name="review_export"),
    path("sessions/<int:pk>/items/", review_lists.review_items, name="review_items"),
    path("sessions/<int:pk>/accept/", review_lists.review_accept, name="review_accept"),
    path("sessions/<int:pk>/judge/", review_items.review_judge, name="review_judge"),
    path("sessions/<int:pk>/undo/", review_items.review_undo, name="review_undo"),
    path("sessions/<int:pk>/add/", review_items.review_add, name="review_add"),
    path("sessions/<int:pk>/items/<int:number>/", review_items.review_item, name="review_item"),
    path("sessions/<int:pk>/items/<int:number>/vote/", review_items.review_vote, name="review_vote"),
    path("sessions/<int:pk>/items/<int:number>/note/", review_items.review_note, name="review_note"),
    path("sessions/<int:pk>/items/<int:number>/decide/", review_items.review_decide, name="review_decide"),
    # People
    path("", include("claims.people_urls")),
    # Programs
    path("api/v1/", include("claims.api.urls")),
    path("send/", send, name="send"),
]
