"""Lines that belong to a page's furniture and not to its report. They stay in the text, greyed and never compared."""

from __future__ import annotations

import re

DATE_WORD = (
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"|on|at|an?|[ap]\.?m\.?|gmt|utc|b?s?t|[ecmp][sde]+t|minutes?|mins?|hours?|days?|ago)\b|\d+(?:st|nd|rd|th)?|[,.:/|–-]"
)
#: A whole line that says one of these things, in the words of news sites. Longer lines are left alone: a report may
#: itself be about newsletters or subscriptions.
PATTERNS = (
    r"advertisements?|advertising|sponsored( content)?|promoted( content)?|story continues below.*",
    r"(click|tap) (here )?to (follow|share|listen|play|subscribe|expand|enlarge|read).*|click here.*",
    r"(sign up|subscribe|register)( now| here| today)?( (to|for) (our|the|get|receive|more|free|unlimited)\b.*)?",
    r"(get|receive) (our|the) .*(newsletter|briefing|bulletin|alerts?|inbox)\b.*",
    r"(share|tweet|email|e-mail|print|copy link|save|comments?|whatsapp|facebook|twitter)"
    r"(\s*[|•·,/]?\s*(share|tweet|email|e-mail|print|copy link|save|comments?|whatsapp|facebook|twitter|x))*",
    r"(our|editorial) standards\s*:.*|related( (articles?|stor(y|ies)|news|coverage))?\s*:.+",
    r"share (this|on|via)\b.*|follow us( on)?\b.*|skip to (main )?content.*",
    r"(read|see|watch) (more|also|next|on)( (stories|articles))?|(read|see|watch) (more|also|next|on)?\s*:.*",
    r"(related|recommended|most read|more on this( story)?|more from .{1,40}|you may also like|trending|top stories)"
    r"( (articles?|stories|topics|content|links?|coverage|news))?:?",
    r"by [A-Z][\w.'’-]+( [A-Z][\w.'’-]+){1,3}((,| and| &) [A-Z][\w.'’-]+( [A-Z][\w.'’-]+){1,3}){0,3}(, .{3,40})?",
    r"(additional |with )?(reporting|writing|editing|compiled) by\b.{3,140}",
    r"(photo(graph)?|image|picture|credit|file photo|foto)s?( by| credit)?\s*[:/].{0,80}",
    rf"(last |first )?(updated|published|posted)(:|\s|{DATE_WORD})+",
    r"\d+ (min(ute)?s?) read|\d+ comments?|leave a comment|view comments",
    r"(©|\(c\)|copyright (©|\(c\)|\d{4}|by)).{0,100}|all rights reserved",
    r"(we use|this (site|website) uses) cookies.*|accept (all )?cookies",
    r"(cookie|privacy) (policy|settings)|terms of use",
)
#: Only the name of a byline is told by its capitals.
LINE = re.compile("|".join(f"(?:{p})" if p.startswith("by ") else f"(?i:{p})" for p in PATTERNS))
BYLINE_START = re.compile(r"^(?:By|BY)\b")
LONGEST = 160


def is_boilerplate(line: str) -> bool:
    """Whether ``line``, one paragraph of an article, is furniture such as "Advertisement" or "Read more: …"."""
    line = line.strip(" \t*•·|>-–—[]().")
    if not line or len(line) > LONGEST:
        return False
    return LINE.fullmatch(BYLINE_START.sub("by", line)) is not None
