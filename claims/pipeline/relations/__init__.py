"""How two sentences on the same claim differ: rules that are right when they speak.

``facts.read_facts`` reads a sentence once; ``find_divergences`` compares the facts of two. Each kind has a module with
``read`` (text to facts) and ``compare`` (two sentences' facts to divergences). A divergence carries the exact words of
both sides, what they were read as, its rule, and a sentence for a reader. Its probability is the share of the rule's
firings that were right on hand-annotated pairs that state the same claim: it takes the alignment for granted.

Two measures, each as right/fired. *Stories*: the 2,437 aligned pairs of the 60 training stories, of which 439 diverge;
right = marked with the same kind. *NLI*: the pairs of ``training/nli.jsonl`` but those of Breaking-NLI, which were made
by swapping one word; right = labelled a contradiction, which says nothing of names, quotations, sources and hedges.

=======================  =======  =======  ============================================================================
rule                     stories  NLI      what it says
=======================  =======  =======  ============================================================================
number.count               16/16  199/231  two counts of one noun: 12 villages, seven villages
number.people                  -      3/5  two counts of people of one fate, or on board: 12 dead, 14 people killed
number.single                  -        -  several to whom something was done, and a single one: three men, a man
number.measure               6/6    40/45  two values of one unit, or of two that convert; £2.5bn and $2.5bn
number.limit                 5/5    25/40  a limit ("at least 15") that the other figure passes by more than half
number.age                     -      1/1  two ages of one person, named or in one role: the driver
number.unit                    -        -  one figure in two measures: rose 3.5 percent, rose 3.5 percentage points
number.slot                    -     6/10  two numbers between the same words
number.ordinal                 -    32/32  two ordinals before one noun: the second fire, the third fire
date.calendar                2/2  239/255  two days, weeks, months or years in clauses that share words
date.clock                   1/1      1/1  two times of day by one verb, where neither side tells a duration
name.spelling                4/4           one word of a full name spelt in two ways
name.word                    2/2           a single long name spelt in two ways, each unknown to the other article
name.title                   2/2           one person with two offices that exclude each other
place.named                    -      7/8  two countries, streets or hospitals, each unknown to the other article
place.compass                  -    21/23  two points of the compass before one word: north of Larn, south of Larn
place.part                     -        -  a region and a part of it in one phrase: a base in Asia, in south Asia
quote.altered                6/6           one utterance quoted in other words
quote.damaged                  -           the same where a side's text is damaged and may be at fault; never shown
quote.shortened                -           words left out within an utterance, an ellipsis in their place
quote.cut                      -           a quotation that ends in the middle of a phrase
attribution.speaker            -           one utterance credited to two people
attribution.source           1/1           one statement on the word of two sorts of source: police, a hospital
attribution.flat           23/24           credited to police or a paper by one, stated in its own voice by the other
contradiction.none             -        -  nobody met a fate on one side, somebody did on the other
contradiction.negation         -  746/878  a verb denied ("did not", "failed to") on one side and stated on the other
contradiction.opposite         -    75/86  a word and one that it excludes, in like company or of one subject and figure
contradiction.slot             -  221/232  two words that exclude each other before one word: a red van, a white van
contradiction.person           -  212/215  a man on one side, a woman on the other
contradiction.cause            -        -  a link denied on one side, a cause given on the other
contradiction.denial           -        -  somebody denied on one side what the same person said on the other
certainty.hedge              5/7           a word hedged on one side and stated flatly on the other
=======================  =======  =======  ============================================================================

The stories are those on which the rules were written; on others expect less. Of the stories' 81 contradictions no rule
finds one: nearly all are told in other words altogether, which is a matter for a model. ``attribution.flat`` keeps to
police and papers: of other sources, one in ten such pairs is marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.pipeline.types import Divergence

if TYPE_CHECKING:
    from claims.pipeline.relations.facts import Facts


def find_divergences(a: Facts, b: Facts) -> tuple[Divergence, ...]:
    """The ways in which two sentences on the same claim differ, surest first; none twice for the same words."""
    # Imported on first use: whoever only reads facts needs no rules.
    from claims.pipeline.relations import (
        absences,
        attribution,
        certainty,
        contradiction,
        dates,
        names,
        numbers,
        people,
        places,
        points,
        quotations,
        rejections,
        singles,
    )

    rules = (
        numbers, points, dates, names, places, quotations, attribution, contradiction, absences, people, singles,
        certainty, rejections,
    )  # fmt: skip
    found = {(d.kind, d.a, d.b): d for kind in rules for d in kind.compare(a, b)}
    return tuple(sorted(found.values(), key=lambda d: -d.probability))
