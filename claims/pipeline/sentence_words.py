"""The words by which a full stop in news English is told from the end of a sentence, all in lower case unless said."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: A name follows: "Mr. Field", "Gov. Ortega".
BEFORE_A_NAME = _words(
    "mr mrs ms mx dr prof gov govs sen sens rep reps lt gen col capt cpl sgt maj rev hon pres supt cmdr"
    " adm brig det insp atty msgr vs v e.g i.e viz cf approx mt ft"
)

#: A number follows: "No. 5", "Jan. 6", "pp. 4".
BEFORE_A_NUMBER = _words(
    "no nos pp p vol ch fig art sec para ver jan feb mar apr jun jul aug sep sept oct nov dec est ca"
)

#: Written with a capital; may stand in mid-sentence or end one, and the next word decides ("Acme Inc. The").
UNDECIDED = _words(
    "sec inc corp ltd co cos bros jr sr llc plc esq ave blvd st rd dept assn univ jan feb mar apr jun jul"
    " aug sep sept oct nov dec ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn"
    " mo mont neb nev okla ore pa penn phila tenn tex va vt wash wis wyo ph.d"
)

#: The same, written without a capital.
UNDECIDED_IN_LOWER_CASE = _words("etc al ph.d")

TIMES = _words("a.m p.m")

#: With a capital; what follows "10 a.m." without ending the sentence.
AFTER_A_TIME = _words(
    "Et Est Edt Ct Cst Cdt Mt Mst Mdt Pt Pst Pdt Gmt Bst Utc Ist Cet Cest Aest Aedt Eastern Pacific"
    " Central Mountain Greenwich Local Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue"
    " Wed Thu Fri Sat Sun January February March April May June July August September October November"
    " December Jan Feb Mar Apr Jun Jul Aug Sept Oct Nov Dec"
)

#: As they are written; they begin a sentence far more often than they go on with a name ("U.S. Army", "Plan B. Then").
STARTERS = _words(
    "A About According After Although Among An And Another Any As At Based Because Before Both But By"
    " Despite During Each Earlier Even For From Had Has He Her Here His How However I If In Instead Is It"
    " It's It’s Its Just Last Later Like Many Meanwhile Moreover Most Much My Nearly Neither Nor Not Now"
    " Of On Once One Only Or Our Over People Several She Since So Some Still Such That The Their Then"
    " There These They This Those Though Through Thus To Two Until Was We Were What When Where Whether"
    " Which While Who Why With Yet You Your"
)

#: As they are written; sentencex takes them for abbreviations.
NOT_ABBREVIATED = _words("me no re ll may May miss ill ok OK")

#: Names that are written with an exclamation mark.
SHOUTED_NAMES = _words("yahoo jeopardy e wham")

#: What follows a full stop in an address or a file name that lost its spacing: "example. com".
WEB_ENDINGS = _words("com org net co gov edu uk dll exe")

SPEECH_VERBS = (
    "said|says|asked|asks|told|added|adds|wrote|writes|tweeted|posted|replied|answered|shouted|exclaimed|continued|insisted"
    "|warned|declared|recalled|joked|demanded|wondered|responded|explained|argued"
)
