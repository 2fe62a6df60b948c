"""The stock phrases that pages print around an article, each as a pattern over one whole line or sentence.

Every pattern has to match from the first to the last character, and what could begin a claim as well ("Video from the
scene showed", "Research by the university found") is told by its capitals: greying a claim is worse than comparing an
advert.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 320  # furniture is short; a longer text is not even looked at
_CAPITAL = r"(?:[A-Z][\w’'.]*|and|in|for|by|of|the|at|with|from|de|van|von|del|al|bin|via|\d+)"
_CAPITALS = rf"{_CAPITAL}(?:[\s,;:&/|()–—-]+{_CAPITAL}){{0,15}}\W*"
_NAME = r"[A-Z][\w’'.-]+(?:\s+(?:[A-Z][\w’'.-]*|de|van|von|del|al|bin)){1,3}"
_AGENCY = (
    r"(?:AP|AFP|PA|EPA|EFE|ANSA|DPA|UPI|TASS|Xinhua|Kyodo|Reuters|Getty(?:\s+Images)?|(?:The\s+)?Associated\s+Press"
    r"|Press\s+Association(?:\s+Images)?|Agence\s+France-Presse|Shutterstock|iStock|Alamy|Rex\s+Features|WireImage)"
)
#: "Meridian Wire", "the Northern News Agency": a name that says itself that it is an agency's.
_WIRE = (
    rf"(?:[Tt]he\s+)?(?:{_AGENCY}|(?:[A-Z][\w’'.&-]*\s+){{1,3}}(?:Wire|Newswire|News|Agency|Press|Media)(?:\s+Agency)?)"
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"


def _any_of(patterns: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


#: No headline looks like this, so it is furniture in the first line as well.
_UNMISTAKABLE = _any_of(
    (
        r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|(?:[@#]\w+[\s,]*)+",
        r"©.{0,150}|(?:copyright|\(c\))\s*(?:©|\(c\)|\d{4}|by\b).{0,150}|.{0,90}\ball rights reserved\b.{0,150}",
        r"(?:advertise?ments?|advertising|advert|ads?|(?:sponsored|promoted)(?: content)?|loading|\W)+",
        r"(?:click|tap|swipe) (?:here|to|on|for|through)\b.{0,100}",
        r"(?:please )?(?:sign up|subscribe)(?: now| here| today| free)*\W*",
        r"(?:please )?(?:sign up|subscribe) .{0,120}\b(?:newsletters?|e-?mails?|alerts?|briefings?|inbox|channel"
        r"|podcast)\b.{0,160}",
        r"(?:please )?(?:sign up|subscribe|register) (?:to|for) (?:our|get|receive|read|more|free|unlimited)\b.{0,160}",
        r"(?:.{0,40}\bsign ?-?up )?by (?:signing up|subscribing|submitting)\b.{0,60}\byou (?:agree"
        r"|accept)\b.{0,250}",
        r"(?:you can |you may )?unsubscribe\b.{0,150}|.{0,40}\bmanage newsletters?\W*"
        r"|.{0,40}\bprotected by recaptcha\b.{0,150}",
        r"(?:(?:cookie|privacy) (?:policy|notice|settings)|terms (?:of (?:use|service)|and conditions)|and|\W)+",
        r"(?:we use|this (?:web)?site uses) cookies\b.{0,200}|accept (?:all )?cookies\W*"
        r"|.{0,60}\benable javascript\b.{0,120}",
    )
)

#: What to do next, who wrote it, how it changed, whose pictures these are.
_PROMPTS = _any_of(
    (
        r"(?:share|tweet|e-?mail|print|save|comments?|pin it|facebook|twitter|whatsapp|linkedin|reddit|copy link"
        r"|messenger|pinterest|telegram|this|article|story|on|via|to|and|x|\d|\W)+",
        r"(?:follow|like|find|join) (?:us|me|the author|the conversation)(?: (?:on|at|in|via)\b.{0,80})?\W*"
        r"|follow .{2,60} on (?:twitter|facebook|instagram|x|threads|bluesky|linkedin|youtube)\b.{0,60}",
        r"(?:read|see|watch|listen|learn|find out) (?:more|also|next|now|here|the full story)"
        r"(?: (?:stories|articles))?(?:\s*[:»>|].{1,180}"
        r"| (?:at|on|about|in|from|here).{0,80})?\W*",
        r"(?:related|more|read|watch|see also|also read|read also|don['’]t miss|recommended|you may also like"
        r"|most read|most popular|trending|top stories|in pictures|gallery|live updates"
        r"|editor['’]s picks?)\s*[:»>|]\s*\S.{0,180}",
        r"(?:related|recommended) (?:articles?|stor(?:y|ies)|coverage|news)\s*:\s*\S.{0,180}"
        r"|(?:our|editorial) standards\s*:.{0,180}",
        r"(?:related|recommended|more)(?: (?:articles?|stor(?:y|ies)|topics?|coverage|news|links|content"
        r"|on this story|from .{2,40}))?\W*",
        r"(?:you may also like|most (?:read|popular|viewed)|trending(?: now)?|top stories|up next"
        r"|what to read next)\W*",
        r"(?:continue|keep) reading\b.{0,60}|(?:story|article) continues below\b.{0,40}|scroll (?:down"
        r"|for)\b.{0,60}",
        r"(?:watch|listen to|see|view|play) (?:the |this |our |a )?(?:full |photo )?(?:video|clip|podcast|gallery"
        r"|audio|slideshow|article|interview|photos|live ?stream)\b.{0,100}|video watch\b.{0,100}",
        r"(?:skip|jump) to (?:main |the )?(?:content|navigation|comments)|back to top|show (?:more|less|all)"
        r"|view (?:all|comments|gallery)|(?:hide|toggle) caption|enlarge(?: this)? image|play video"
        r"|\d+ min(?:ute)?s? read",
        r"(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,80}|(?:get|receive) (?:the|our) .{0,60}"
        r"\b(?:newsletters?|briefings?|bulletins?|inbox)\b.{0,80}",
        r"support (?:our|independent) (?:journalism|reporting|work)\b.{0,120}|(?:donate|register|log ?in"
        r"|sign ?in)(?: now| today| here)?\W*",
        r"(?:leave|post|add|share) (?:a|your) (?:comments?|thoughts?|views?|ideas?|reply)\b.{0,100}"
        r"|have your say\W*|thanks for reading\W*",
        r".{2,120}\bcontributed (?:to (?:this|the) (?:report|story|article)|(?:additional )?reporting)\b.{0,60}",
        r"\W*this (?:article|story|post|piece) (?:is|was|has been|will be) (?:based (?:in part )?on|updated?"
        r"|edited|corrected|amended|(?:originally |first )?published|being updated|adapted|reprinted"
        r"|republished)\b.{0,200}",
        r"(?:corrections?|clarification|editor['’]s note|about the author|about us|contact us)\W*",
        r"with files from .{2,80}|to contact the (?:reporter|author|editor|writer|newsroom)\b.{0,160}",
        r"this (?:material|content) may not be (?:published|reproduced|reprinted|redistributed)\b.{0,160}",
        r"(?:image|media|video|photo|picture)s? (?:source|caption|credit|copyright)\b.{0,240}",
        r"(?:images?|photos?|photographs?|pictures?|pics?|fotos?|credits?|photo credits?|file photo"
        r"|illustration|graphic|video)(?: by)?\s*[:/]\s*\S.{0,160}",
        r"\((?:photo|photograph|image|picture|file|credit)\b[^()]{0,160}\)\W*|file (?:photo|photograph|picture"
        r"|image)\W*",
    )
)

#: Bylines, datelines and credits, which only their capitals tell from a claim.
_SIGNED = _any_of(
    (
        rf"(?:By|BY|Written by|Posted by|Reported by)\s*:?\s+(?!{_DAY}|(?i:{_MONTH})\b)(?:{_NAME}"
        rf"|{_AGENCY})(?:(?:,\s*|\s+and\s+|\s*&\s*){_NAME}){{0,4}}(?:\s*[,|/–—-]\s*[^.!?]{{1,60}})?",
        rf"{_NAME}\s*[|,/–—-]\s*(?:(?:Staff|Senior|Special|Political|Chief|Contributing)\s+)?"
        r"(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor)",
        rf"(?:With|By|BY|From|Via)\s*:?\s+{_WIRE}(?:(?:,\s*|\s+and\s+|\s*&\s*|\s*/\s*){_WIRE}){{0,3}}\W*",
        r"\(?(?:Additional |additional |With |with )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled)"
        r"(?: and (?:writing|editing))? by "
        rf"{_CAPITAL}(?:[\s,;:&/|()–—-]+(?:{_CAPITAL}|additional|reporting|writing|editing)){{0,20}}\W*",
        rf"(?:Photo|Photos|Photograph|Photographs|Image|Images|Picture|Illustration|Video) (?:by|courtesy(?: of)?"
        rf"|via) {_CAPITALS}",
        rf"{_NAME}\s*[,–—-]\s*{_AGENCY}|[^.!?]{{0,80}}\s?[/|]\s*{_AGENCY}[\s)/|.]*",
        rf"{_AGENCY}(?:\s*(?:[/,]|[Pp]hotos?\s?/?|via)\s*{_CAPITALS})?",
        r"[A-Z][\w ’'.-]{1,40} via (?:YouTube|Facebook|Twitter|Instagram|X|Flickr|Wikimedia(?: Commons)?|TikTok|AP"
        r"|Reuters)",
        rf"SOURCE:? {_CAPITALS}|Sources?: {_CAPITALS}",
    ),
    flags=0,
)

#: "LONDON (Reuters) —" alone, and how Getty's captions begin: "LEEDS, ENGLAND - MARCH 03: ..."
_DATELINE = re.compile(
    rf"[A-Z][A-Z.’' ]{{2,30}}(?:,\s*[A-Z][\w. ]{{1,20}})?\s*(?:\((?:{_AGENCY}|CNN)\)\s*)?[-–—]+"
    rf"|[A-Z][A-Z.’' ]+,\s[A-Z][A-Z.’' ]+\s[-–—]\s(?:{_MONTH})\s\d{{1,2}}\s?:.{{0,300}}"
)
_REPORTED = re.compile(r"\b(?:said|says|told|asked|announced)\b|[\"“”]")

_CREDIT_AT_THE_END = re.compile(
    r"(?:^|[.!?)\]”\"]\s*|\s[|–—]\s*)"
    r"(?:(?:Image|Photo|Photograph|Picture|Pic|Credit|File photo|Photo credit)s?\s*[:/]\s*[^.!?:]{2,100}"
    rf"|(?:Photo|Photograph|Image|Picture) by {_CAPITALS}"
    rf"|[(\[](?:[^()\[\]]{{2,60}}\s?/\s?{_AGENCY}|{_AGENCY}(?:\s[Pp]hoto)?\s?/[^()\[\]]{{2,60}}"
    r"|(?:Photo|Photograph|Image|Picture|Credit)\b[^()\[\]]{2,120})[)\]]"
    rf"|{_NAME}\s?/\s?{_AGENCY}(?:\s+via\s+{_AGENCY})?)[\s.)\]]*\Z"
)

_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
_TIME_WORDS = frozenset(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct"
    " october nov november dec december mon monday tue tues tuesday wed wednesday thu thur thurs thursday"
    " fri friday sat saturday sun sunday a m p am pm st nd rd th h et est edt ct cst cdt mt mst mdt pt pst"
    " pdt gmt bst utc ist cet cest aest aedt z t posted published updated created modified last first on"
    " at the of date time local ago an hour hours hrs minutes mins day days today yesterday".split()
)
_STAMPS = frozenset(("posted", "published", "updated"))


def is_furniture(text: str, title: bool = False) -> bool:
    """Whether ``text``, a whole line or sentence, is page furniture; of a ``title`` only what no headline can be is."""
    if len(text) > _LONGEST:
        return False
    if _DATELINE.fullmatch(text):
        return True
    text = text.strip(" \t*•·|>–—-")
    if not any(character.isalpha() for character in text) or _is_time(text) or _UNMISTAKABLE.fullmatch(text):
        return True
    if title or (_REPORTED.search(text) and not text.startswith("(")):
        return False
    return bool(_PROMPTS.fullmatch(text) or _SIGNED.fullmatch(text))


def ends_in_a_credit(paragraph: str) -> bool:
    """Whether ``paragraph`` is short and ends by naming who took a picture, as captions do."""
    return len(paragraph) <= _LONGEST and bool(_CREDIT_AT_THE_END.search(paragraph))


def _is_time(text: str) -> bool:
    words = _WORD_OR_NUMBER.findall(text.lower())
    dated = any(word.isdigit() or word in _STAMPS for word in words)
    return dated and all(word.isdigit() or word in _TIME_WORDS for word in words)
