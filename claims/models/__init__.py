"""Rows and the rules about rows, one file per aggregate."""

from .api_token import ApiToken
from .article import Article, Outlet, SentenceCorrection
from .article_version import ArticleVersion
from .calibration import Calibration, Outcome
from .comparison import (
    Alignment,
    ClaimRow,
    ComparedArticle,
    Comparison,
    ConsideredPairs,
    Divergence,
    Nearest,
    Origin,
    Sentence,
)
from .invitation import Invitation
from .job import Job
from .membership import Membership
from .newsroom import Newsroom
from .person import Person
from .review import Participant, ReviewSession, Seat
from .review_audit import AuditEntry
from .review_item import ReviewItem
from .review_verdict import Adjudication, Note, Verdict
from .share import ShareComment, ShareLink
from .story import Story
from .utterance import Utterance, Wording
from .vector import CachedVector

__all__ = [
    "Adjudication",
    "Alignment",
    "ApiToken",
    "Article",
    "ArticleVersion",
    "AuditEntry",
    "CachedVector",
    "Calibration",
    "ClaimRow",
    "ComparedArticle",
    "Comparison",
    "ConsideredPairs",
    "Divergence",
    "Invitation",
    "Job",
    "Membership",
    "Nearest",
    "Newsroom",
    "Note",
    "Origin",
    "Outcome",
    "Outlet",
    "Participant",
    "Person",
    "ReviewItem",
    "ReviewSession",
    "Seat",
    "Sentence",
    "SentenceCorrection",
    "ShareComment",
    "ShareLink",
    "Story",
    "Utterance",
    "Verdict",
    "Wording",
]
