"""The words by which ``clauses.py`` tells where a clause begins, and whether it has a subject and a verb."""

from __future__ import annotations

#: Open a clause that tells something of its own, where a subject and a verb follow.
SUBORDINATE = frozenset(
    """after before because while although though since when whereas unless until once if as where""".split()
)
#: Those that may open one without a comma before them; "if" and "where" rather belong to what stands before.
WITHOUT_COMMA = frozenset("after before because while although though whereas until when as".split())
RELATIVE = frozenset("who which whose whom where".split())
COORDINATE = frozenset("and but so yet".split())
#: Lead up to what is said without "that"; of others, such as "announced", what follows is often a thing.
SAID = frozenset("said says say saying argued argues insisted insists warned warns".split())
#: Stand between such a verb and its "that": when, where and to whom it was said.
SETTING = frozenset(
    """on in at to during from via after before by late early earlier last this yesterday today also monday tuesday
    wednesday thursday friday saturday sunday""".split()
)
#: "As well as", "as many as", "as part of": no clause.
NO_CLAUSE_AFTER_AS = frozenset("well many much far long soon few little part a an of it".split())
SUBJECTS = frozenset(
    """the a an this that these he she it they we i you his her its their our my there nobody everyone some
    many several most all both another one two three four five six seven eight nine ten no each officials
    police""".split()
)
AUXILIARIES = frozenset(
    """is are was were has have had will would can could may might must shall should do does did isn't aren't wasn't
    weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't mustn't shouldn't don't doesn't didn't""".split()
)
#: Forms that are hardly ever anything but a verb with a subject.
FINITE = AUXILIARIES | frozenset(
    """said says told tells went goes came comes took takes made makes gave gives got gets began begins fell falls rose
    rises grew grows knew knows wrote writes spoke speaks broke breaks held left met lost won led kept found
    felt stood brought bought sought thought caught struck sent spent built paid sold ran sat saw sees drew
    threw flew chose drove became becomes fled swore shook wore woke sank swam sang rang hung dug slid stole
    tore understood withdrew blew fought taught laid lay wants wanted needs plans hopes believes thinks remains
    appears seems means includes faces seeks calls expects allows requires shows suggests leaves keeps stands
    runs lives works hit hits put puts cut cuts let lets shot heard dealt swept crept slept wept clung swung bit
    bent ate drank froze rode arose sprang stuck forgot quit meant backs blames accuses warns urges vows denies
    admits orders wins loses kills dies hurts flees burns sinks opens closes""".split()
)
#: Words in -ed or -ing that are no verbs of a clause.
NO_VERBS = frozenset(
    """hundred indeed need speed seed united alleged so-called limited morning evening during nothing something anything
    everything building king spring string ring wing thing following including according regarding concerning pending
    notwithstanding considering beginning meeting hearing housing funding briefing wedding feeling being red bed
    """.split()
)
