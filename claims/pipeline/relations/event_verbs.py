"""The verb by a time of day: what it was that happened then."""

from __future__ import annotations

from collections.abc import Sequence

from claims.pipeline.relations.tokens import Token, is_word, stem

#: Verbs of one event, each line in the forms that a report has.
_EVENTS = {
    form: line.split()[0]
    for line in """
    leave leaves leaving left depart departs departed departing sail sails sailed sailing
    arrive arrives arrived arriving land lands landed reach reaches reached dock docks docked
    hit hits hitting strike strikes struck striking ram rammed collide collided crash crashes crashed
    begin begins began begun beginning start starts started starting erupt erupted broke breaks break
    end ends ended ending finish finished finishes stop stopped stops
    sink sinks sank sunk sinking
    die dies died dying killed
    shoot shot shooting
    open opens opened opening
    close closes closed closing shut
    come comes came coming
    go goes went going
    ring rings rang call calls called
    fall falls fell fallen
    rise rises rose risen
    meet meets met meeting
    speak speaks spoke spoken
    find finds found
    see sees saw seen
    take takes took taken
    blow blew blown explode exploded explodes detonate detonated blast
    wake woke woken
    flee fled
    """.strip().splitlines()
    for form in line.split()
}
_AUXILIARIES = frozenset("has have had was were is are been be will".split())
#: Words of an elapsed time: the clock may be counted from another event.
_DURATIONS = frozenset("minute minutes min mins hour hours seconds moments".split())
_ENDS = frozenset('; : . ( ) “ ” " and but when after before while as who which that because'.split())


def tells_duration(tokens: Sequence[Token]) -> bool:
    return any(t.norm in _DURATIONS for t in tokens)


def verb_by(tokens: Sequence[Token], first: int, last: int) -> str:
    """The verb nearest to ``tokens[first:last]`` within its clause, else the only one of the sentence; "" for none."""
    low, high = first, last
    while low and tokens[low - 1].text not in _ENDS:
        low -= 1
    while high < len(tokens) and tokens[high].text not in _ENDS:
        high += 1
    within = {i: verb for i in (*range(low, first), *range(last, high)) if (verb := _verb(tokens, i))}
    if within:
        return within[min(within, key=lambda i: first - i if i < first else i - last + 1)]
    everywhere = {verb for i in range(len(tokens)) if (verb := _verb(tokens, i))}
    return everywhere.pop() if len(everywhere) == 1 else ""


def _verb(tokens: Sequence[Token], at: int) -> str:
    word = tokens[at].norm
    if not is_word(tokens[at]) or word in _AUXILIARIES or (at and tokens[at].text[0].isupper()):
        return ""
    if at and tokens[at - 1].norm in ("a", "an", "the", "his", "her", "its", "their"):
        return ""  # "the start", "the crash"
    if word in _EVENTS:
        return _EVENTS[word]
    return stem(word) if word.endswith("ed") and len(word) > 4 else ""
