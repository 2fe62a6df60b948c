"""The words of numbers: figures, scales, units, hedges, and what befalls the people that are counted."""

from __future__ import annotations

import re

from claims.pipeline.relations.amounts import Bound
from claims.pipeline.relations.tokens import STOP_WORDS, stem

SMALL = dict(zip(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""".split(), range(20), strict=True))  # fmt: skip
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
    "tln": 1e12,
}  # fmt: skip
ATTACHED_ONLY = frozenset({"k", "m", "b"})
#: "Dozens" and the like: from, to.
VAGUE = {
    "several": (3, 12), "handful": (2, 9), "dozens": (24, 200), "scores": (40, 400), "hundreds": (200, 3e3),
    "thousands": (2e3, 3e4), "millions": (2e6, 1e9), "billions": (2e9, 1e12),
}  # fmt: skip
CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB"}
MONEY_WORDS = {
    "dollar": "USD", "dollars": "USD", "usd": "USD", "pound": "GBP", "pounds": "GBP", "euro": "EUR", "euros": "EUR",
    "yen": "JPY", "rupees": "INR",
    "inr": "INR", "eur": "EUR", "gbp": "GBP", "roubles": "RUB", "rubles": "RUB", "yuan": "CNY", "rs": "INR",
}  # fmt: skip
UNITS = {
    "km": "kilometer", "kilometers": "kilometer", "kilometer": "kilometer", "kms": "kilometer", "mile": "mile",
    "miles": "mile", "metres": "meter", "meters": "meter", "meter": "meter", "feet": "foot", "ft": "foot",
    "foot": "foot", "kg": "kilogram", "kilograms": "kilogram", "kilos": "kilogram", "tonnes": "tonne", "tons": "ton",
    "yard": "yard", "yards": "yard", "mph": "mph", "kph": "kph", "kmh": "kph", "acre": "acre", "acres": "acre",
    "hectare": "hectare", "hectares": "hectare", "gallons": "gallon", "litres": "liter", "liters": "liter",
    "lb": "pound", "lbs": "pound", "degrees": "degree", "°": "degree", "barrels": "barrel", "megawatts": "megawatt",
    "celsius": "celsius", "centigrade": "celsius", "fahrenheit": "fahrenheit",
}  # fmt: skip
#: "38C", "100 degrees Fahrenheit": written after the figure or after its degrees.
SCALES_OF_HEAT = {"c": "celsius", "f": "fahrenheit", "celsius": "celsius", "centigrade": "celsius",
                  "fahrenheit": "fahrenheit"}  # fmt: skip
#: Units of which there are square ones.
SQUARED = frozenset({"kilometer", "mile", "meter", "foot", "yard"})
#: What one word after a figure says of it.
UNIT_AFTER = UNITS | MONEY_WORDS | {
    "%": "%", "percent": "%", "pc": "%", "pct": "%", "point": "points", "points": "points", "pp": "points",
    "ppt": "points", "ppts": "points",
}  # fmt: skip
#: Units that a hyphen joins to their figure: "a 5.9-magnitude quake", "a 3.5-percentage-point rise".
HYPHENED = frozenset("magnitude percent percentage basis mile miles km foot meter kilometer".split())
TIME_UNITS = frozenset(
    """second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mth
    mths year years yr yrs decade decades""".split()
)
TIME_STEMS = frozenset(stem(w) for w in TIME_UNITS)
HEDGES: tuple[tuple[tuple[str, ...], Bound], ...] = (
    (("at", "least"), "at least"), (("no", "fewer", "than"), "at least"), (("no", "less", "than"), "at least"),
    (("not", "less", "than"), "at least"), (("a", "minimum", "of"), "at least"),
    (("more", "than"), "more than"), (("greater", "than"), "more than"), (("over",), "more than"),
    (("above",), "more than"), (("in", "excess", "of"), "more than"), (("exceeding",), "more than"),
    (("at", "most"), "at most"), (("no", "more", "than"), "at most"), (("a", "maximum", "of"), "at most"),
    (("less", "than"), "less than"), (("fewer", "than"), "less than"), (("under",), "less than"),
    (("below",), "less than"), (("up", "to"), "up to"), (("as", "many", "as"), "up to"),
    (("as", "much", "as"), "up to"),
    (("nearly",), "nearly"), (("almost",), "nearly"), (("close", "to"), "nearly"), (("just", "under"), "nearly"),
    (("about",), "about"), (("around",), "about"), (("roughly",), "about"), (("approximately",), "about"),
    (("some",), "about"), (("an", "estimated"), "about"), (("estimated",), "about"), (("circa",), "about"),
)  # fmt: skip
HEDGE_BY_LAST: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
for _words, _bound in sorted(HEDGES, key=lambda hedge: -len(hedge[0])):
    HEDGE_BY_LAST.setdefault(_words[-1], []).append((_words, _bound))

#: What befell the people counted; numbers of different fates are never compared.
FATES = {
    "killed": "kill kills killed killing dead death deaths die dies died dying fatality fatalities toll slain slay"
    " slays perished perish perishes bodies lives slaughtered murdered massacred drowned drown drowns executed execute"
    " executes",
    "injured": "wound injured injure injures injuring injury injuries wounded wounding wounds hurt hurts",
    "in hospital": "hospitalized",
    "arrested": "arrested arrest arrests arresting detained detentions detain detains held custody nab nabs nabbed",
    "missing": "missing unaccounted disappear disappeared",
    "rescued": "rescue rescues rescued rescuing save saves saved survivors survive survived",
    "evacuated": "evacuated evacuate evacuates evacuating evacuation evacuations evacuees",
    "displaced": "displace displaces displaced",
    "homeless": "homeless",
    "trapped": "trap traps trapped",
    "stranded": "strand strands stranded",
    "infected": "infect infects infected",
    "charged": "charged",
    "freed": "free frees freed freeing release releases released releasing",
    "abducted": "abducted abduct abducts abducting kidnapped kidnap kidnaps kidnapping",
    "jailed": "jailed jails imprisoned sentenced",
    "gathered": "gathered marched protested rallied demonstrated attended",
}
FATE = {word: fate for fate, words in FATES.items() for word in words.split()}
#: Not a fate, but a role like one: those whom a vehicle carries.
ON_BOARD = "on board"
CARRYING = frozenset("carrying carried".split())
#: "Ordered from their homes", "to leave their homes", "told to leave": an evacuation in other words.
HOMES = frozenset("home homes house houses".split())
LEAVING = frozenset("from leave leaves leaving left out".split())
FLEEING = frozenset("flee flees fled fleeing".split())
ORDERED = frozenset("ordered told forced asked urged advised made".split())
#: Words for those whom a fate befalls, of whatever sort; any of them may be counted by a bare "12 dead".
PEOPLE = frozenset(stem(w) for w in "people person persons individuals".split())
#: Some of the people concerned: "three men" are set against other men only.
SEXES = frozenset(stem(w) for w in "men women man woman boys girls boy girl".split())
HUMANS = (
    PEOPLE
    | SEXES
    | frozenset(
        stem(w)
        for w in """civilians soldiers troops militants insurgents rebels fighters gunmen pirates officers police
    policemen workers miners students pupils children kids passengers tourists migrants refugees protesters
    demonstrators residents patients hostages worshippers villagers firefighters prisoners inmates suspects crew
    sailors marines americans""".split()
    )
)
SYNONYMS = {
    stem(word): stem(words.split()[0])
    for words in (
        "people persons person individuals folk", "police policemen officers cops", "soldiers troops servicemen",
        "kids children", "infections cases", "lawmakers legislators", "homes houses", "quake earthquake tremor",
        "boats vessels ships", "jobs posts positions", "militants insurgents rebels", "fighters gunmen",
    )
    for word in words.split()
}  # fmt: skip
NOUN_SKIPS = frozenset("of the its his her their our these those - ’ '".split())
DENIALS = frozenset("not none nor never neither".split())
#: "Day 3", "Flight 12": a name, not a count.
LABELS = frozenset(
    """boeing airbus windows apollo formula articles sections chapters pages route routes motorway suite pier isbn
    tel phone ext zip postcode vol volume psalm
    day section phase part chapter room page number no article level grade channel highway route flight group round
    week apartment building stage season episode version type category title platform gate line unit model""".split()
)
#: "10 things to know": a list's length, not a fact.
LISTED = frozenset(stem(w) for w in "things ways reasons facts tips questions takeaways".split())
#: "Rose by 12" tells a difference.
CHANGED = frozenset(
    "rose risen rise rises rising increased increase up grew grown climbed jumped fell fallen down".split()
)
PART_OF = frozenset("other others more additional further extra new remaining".split())
NOT_NOUNS = STOP_WORDS | frozenset(
    """percent - came come left leave fled fell took take went go got lost began hit told saw gave made face stood sent
    won ran met kept flew shot feared presumed burned held found near nearby amid inside outside today yesterday later
    ago alone altogether across aboard including still already since reportedly allegedly now earlier overnight so
    far""".split()
)
TO = frozenset({"to", "or", "and", "-", "–"})


PLAIN_FIGURE = re.compile(r"(?:[1-9]\d*|0)(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
QUAKES = frozenset("quake earthquake temblor tremor aftershock".split())
GLUED_SUFFIXES = frozenset(SCALES) | frozenset(UNITS) | frozenset("pc pp ppt ppts bp bps".split())
DECIMAL_FOLLOWERS = frozenset({"%", "percent", "per", "million", "billion", "bn", "-", "magnitude", "pc"})
DOLLARS = {"a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"}
#: What a sum may be in.
MONEY = frozenset({*CURRENCIES.values(), *MONEY_WORDS.values(), *DOLLARS.values()})
ONES_OF = frozenset({"dozen", "hundred", "thousand", "million", "billion", "couple"})
#: Parts of a whole, by how many of them make it.
FRACTIONS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
#: How many "one in five" may be of.
WHOLES = {
    word: n
    for n, words in ((3, "three"), (4, "four"), (5, "five"), (6, "six"), (7, "seven"), (8, "eight"), (10, "ten"),
                     (20, "twenty"), (100, "hundred"))
    for word in (words, str(n))
}  # fmt: skip
#: "The second half of", "the other half of": a stretch, not a share.
NOT_SHARES = frozenset("first second third fourth last next other latter former better bottom and top".split())
#: Nouns of a score: "a 1-3 defeat".
OF_SCORES = frozenset(stem(w) for w in """win wins won loss defeat draw victory lead vote score margin record upset
    rout triumph thrashing deficit advantage split decision series""".split())  # fmt: skip
STARTS = frozenset(SMALL) | frozenset(TENS) | frozenset(VAGUE) | {"a", "half", "tens"}
