"""A report in which every text that people write tries to be something else than text."""

from dataclasses import replace

from reports.documents.context import PeriodicReport
from tests.reports.sample_report import BLOCS, quarterly_report, unit_annex

HOSTILE = (
    "<script>alert(1)</script>",
    "file:///etc/passwd",
    '=HYPERLINK("http://127.0.0.1:9/","x")',
    "=CMD()|' /C calc'!A0",
    "Q" * 900,
    "\u202eđảo\u202c \u200fchữ",
    "\U0001f600 \U0001f1fb\U0001f1f3",
    "một\x00hai\x0bba\x1bbốn\ud800\uffff",
    "]]> &amp; <w:p/> </w:t>",
    "{% include 'x' %} {{ report }}",
)
# What stays of them: letters that XML forbids are gone, the break of a line is a space.
COMPOSED = [text.replace("một\x00hai\x0bba\x1bbốn\ud800\uffff", "mộthai babốn") for text in HOSTILE]


def hostile_report() -> PeriodicReport:
    """Names, narratives, activities, recipients and who signs."""
    every = " ".join(HOSTILE)
    known = quarterly_report()
    units = unit_annex(columns=2, blocs=BLOCS[:1])
    rows = tuple(replace(row, name=text) for row, text in zip(units.blocs[0].rows, HOSTILE, strict=False))
    return quarterly_report(
        head=replace(known.head, issuer_name=every, place=HOSTILE[0]),
        topics=(replace(known.topics[1], heading=HOSTILE[5], paragraphs=HOSTILE),),
        tasks=HOSTILE,
        target_groups=(replace(known.target_groups[0], heading=every),),
        units=replace(units, blocs=(replace(units.blocs[0], name=every, rows=rows),)),
        activities=tuple(replace(known.activities[0], name=text, result=text) for text in HOSTILE),
        next_activities=(),
        reporting=None,
        recipients=tuple(replace(known.recipients[0], name=text) for text in HOSTILE),
        signer=replace(known.signer, name=HOSTILE[4]),
    )
