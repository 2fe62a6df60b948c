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
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mn": 1e6, "m": 1e6, "crore": 1e7,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
}  # fmt: skip
ATTACHED_ONLY = frozenset({"k", "m", "b"})
#: "Dozens" and the like: from, to.
VAGUE = {
    "several": (3, 12), "dozens": (24, 200), "scores": (40, 400), "hundreds": (200, 3e3), "thousands": (2e3, 3e4),
    "millions": (2e6, 1e9), "billions": (2e9, 1e12),
}  # fmt: skip
CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB"}
MONEY_WORDS = {
    "dollar": "USD", "dollars": "USD", "usd": "USD", "pound": "GBP", "pounds": "GBP", "euro": "EUR", "euros": "EUR",
    "yen": "JPY", "rupees": "INR", "roubles": "RUB", "rubles": "RUB", "yuan": "CNY", "rs": "INR",
}  # fmt: skip
UNITS = {
    "km": "kilometer", "kilometers": "kilometer", "kilometer": "kilometer", "kms": "kilometer", "mile": "mile",
    "miles": "mile", "metres": "meter", "meters": "meter", "meter": "meter", "feet": "foot", "ft": "foot",
    "foot": "foot", "kg": "kilogram", "kilograms": "kilogram", "kilos": "kilogram", "tonnes": "tonne", "tons": "ton",
    "mph": "mph", "kph": "kph", "acres": "acre", "hectares": "hectare", "gallons": "gallon", "litres": "liter",
    "liters": "liter", "degrees": "degree", "°": "degree", "barrels": "barrel", "megawatts": "megawatt",
}  # fmt: skip
#: What one word after a figure says of it.
UNIT_AFTER = UNITS | MONEY_WORDS | {"%": "%", "percent": "%", "pc": "%", "point": "points", "points": "points"}
TIME_UNITS = frozenset(
    "second seconds minute minutes hour hours day days week weeks month months year years decade decades".split()
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
    "killed": "kill kills killed killing dead death deaths die dies died dying fatality fatalities toll slain perished"
    " perish bodies lives slaughtered murdered",
    "injured": "injured injure injures injuring injury injuries wounded wounding wounds hurt hurts",
    "in hospital": "hospitalized",
    "arrested": "arrested arrest arrests arresting detained detentions detain held custody",
    "missing": "missing unaccounted disappeared",
    "rescued": "rescued rescuing saved survivors survived",
    "evacuated": "evacuated evacuate evacuates evacuating evacuation evacuations evacuees",
    "displaced": "displaced",
    "homeless": "homeless",
    "trapped": "trapped",
    "stranded": "stranded",
    "infected": "infected",
    "charged": "charged",
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
    """day section phase part chapter room page number no article level grade channel highway route flight group round
    week apartment building stage season episode version type category title platform gate line unit model""".split()
)
#: "10 things to know": a list's length, not a fact.
LISTED = frozenset(stem(w) for w in "things ways reasons facts tips questions takeaways".split())
PART_OF = frozenset("other others more additional further extra new remaining".split())
NOT_NOUNS = STOP_WORDS | frozenset(
    """percent - came come left leave fled fell took take went go got lost began hit told saw gave made face stood sent
    won ran met kept flew shot feared presumed burned held found near nearby amid inside outside today yesterday later
    ago alone altogether across aboard""".split()
)
TO = frozenset({"to", "or", "and", "-", "–"})


PLAIN_FIGURE = re.compile(r"(?:[1-9]\d*|0)(?:\.\d+)?|[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
GLUED_SUFFIXES = frozenset(SCALES) | frozenset(UNITS) | {"pc"}
DECIMAL_FOLLOWERS = frozenset({"%", "percent", "per", "million", "billion", "bn", "-", "magnitude", "pc"})
DOLLARS = {"a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD"}
ONES_OF = frozenset({"dozen", "hundred", "thousand", "million", "billion", "couple"})
FRACTIONS = frozenset({"thirds", "quarters", "fifths", "tenths", "third", "quarter", "halves"})
STARTS = frozenset(SMALL) | frozenset(TENS) | frozenset(VAGUE) | {"a", "half", "tens"}
