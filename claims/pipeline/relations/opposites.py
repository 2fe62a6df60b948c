"""Words that exclude each other: opposites anywhere in a sentence, and those that do so only in the same place."""

from __future__ import annotations

from claims.pipeline.relations.tokens import stem

#: Two words that say what one does, by their place: "the race was called off", "the race went ahead".
PHRASES = {
    tuple(phrase.split()): word
    for word, phrases in {
        "cancelled": "called off|calls off|call off",
        "proceeded": "went ahead|goes ahead|go ahead|gone ahead|going ahead|took place|takes place|take place",
        "rejected": "turned down|voted down|threw out|thrown out",
        "overturned": "struck down",
        "closed": "shut down",
        "released": "set free",
    }.items()
    for phrase in phrases.split("|")
}


def _pairs(text: str) -> dict[str, frozenset[str]]:
    """Stem → the stems of its opposites, out of lines "accept agree | reject refuse"."""
    opposites: dict[str, frozenset[str]] = {}
    for line in text.strip().splitlines():
        left, right = (frozenset(stem(w) for w in side.split()) for side in line.split("|"))
        for mine, theirs in ((left, right), (right, left)):
            for word in mine:
                opposites[word] = opposites.get(word, frozenset()) | theirs
    return opposites


def _group(text: str) -> dict[str, frozenset[str]]:
    """Word → the other words of ``text``."""
    words = frozenset(text.split())
    return {word: words - {word} for word in words}


def _groups(text: str) -> dict[str, frozenset[str]]:
    """Word → the others of its line."""
    return {word: others for line in text.strip().splitlines() for word, others in _group(line).items()}


OPPOSITES = _pairs("""
accept accepts accepted approve approves approved | reject rejects rejected rejecting
approve approves approved allow allows allowed permit permitted | block blocks blocked ban bans banned veto vetoed
rise rises rose risen climb climbed jump jumped | fall falls fell fallen drop drops dropped decline declined
increase increases increased rise rose | decrease decreases decreased fall fell fallen
confirm confirms confirmed admit admits admitted | deny denies denied
open opens opened reopen reopened | close closes closed shut
guilty convicted | innocent acquitted
win wins won | lose loses lost
alive survived survives | dead died killed
support supports supported favor favors | oppose opposes opposed
arrive arrived arrives | leave left departed
succeed succeeded success successful | fail failed failure unsuccessful
start started starts begin began begins launched | end ended ends stop stopped halted
legal lawful | illegal unlawful
safe | unsafe dangerous
likely | unlikely
public | private secret
present | absent
include includes included | exclude excludes excluded
withdraw withdrew withdrawn | deploy deployed
hired | fired dismissed sacked
upheld uphold upholds | overturned overturn struck overturns
strengthened strengthen | weakened weaken
released release freed | detained arrested jailed
true accurate correct | false inaccurate incorrect untrue
majority | minority
undersea underwater | terrestrial
accidental accident accidentally | deliberate deliberately intentional arson
ahead | behind
worked works functioned | failed malfunctioned
proceeded proceed | cancelled canceled scrapped postponed
armed | unarmed
cancelled canceled scrapped | postponed delayed rescheduled
conscious | unconscious
damaged | destroyed
early | late
empty | full
higher | lower
injured hurt wounded | unhurt unharmed uninjured
intact undamaged unscathed | damaged destroyed gutted
minor | serious severe major
murder | manslaughter suicide
profit profits | loss losses
resigned quit resigns | sacked fired dismissed ousted
stabbed stabbing | shot shooting
stable | critical
surplus | deficit
surrendered | captured arrested
temporary temporarily | permanent permanently
unanimous unanimously | narrowly
voluntary optional | mandatory compulsory
""")

#: They exclude each other before the same word: "the left wing" and "the right wing", "before the vote" and "after the
#: vote", "a Danish tanker" and "a Greek tanker".
SLOTS = _groups("""
left right
before after
inside outside
upper lower
front rear
maternal paternal
male female
black white red blue green yellow brown gray silver orange purple pink
""") | _group("""
    american british canadian french german italian spanish portuguese dutch belgian danish swedish norwegian
    finnish polish czech hungarian romanian bulgarian greek turkish russian ukrainian belarusian georgian
    iranian iraqi syrian lebanese israeli egyptian libyan tunisian moroccan algerian saudi qatari kuwaiti
    yemeni afghan pakistani indian bangladeshi chinese japanese korean vietnamese thai indonesian malaysian
    filipino australian mexican brazilian argentine chilean colombian peruvian venezuelan cuban haitian
    nigerian kenyan ethiopian somali sudanese liberian panamanian
""")

#: The same of places: "north of Larn" and "south of Larn", "eastern Holm" and "western Holm".
COMPASS = _groups("""
north south east west
northern southern eastern western
northeast northwest southeast southwest
northeastern northwestern southeastern southwestern
northbound southbound eastbound westbound
""")

#: "The second fire this year" and "the third fire this year".
ORDINALS = _group("first second third fourth fifth sixth seventh eighth ninth tenth")
