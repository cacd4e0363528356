"""Whatever a list looks like, an address takes the place of an address and of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awesome_lint.markdown import Document, parse
from awesome_lint.restore import Candidate, Finding, LostLink, Outcome, close_links, find_losses, write_addresses
from awesome_lint.source import Source
from tests.lists import lists

pytestmark = pytest.mark.slow

HIDDEN = frozenset({"example.org", "e.org"})
ADDRESSES = st.sampled_from(
    ["https://doi.org/10.1000/a_b", "https://a.site.org/(x)?a=1&amp=2", "http://b.net/|*`<c>`*", "https://a.org/a b)"]
)


def lost_in(source: Source) -> tuple[LostLink, ...]:
    return find_losses(parse(source), {}, HIDDEN)


@settings(deadline=None, max_examples=60)
@given(lists(), ADDRESSES, st.booleans())
def test_every_link_that_has_an_end_gets_its_address(text: str, address: str, unsafe: bool) -> None:
    source = Source(text)
    links = [link for link in lost_in(close_links(source, unsafe=unsafe)) if link.closed]
    findings = [Finding(link, Outcome.CERTAIN, (Candidate(address, (), 1.0, ""),)) for link in links]
    written = write_addresses(source, findings, unsafe=unsafe)
    assert written.refusals == ()
    keys = {link.key for link in links}
    assert not [link for link in lost_in(written.source) if link.key in keys]
    lines = {link.line for link in links}
    before, after = parse(close_links(source, lines.__contains__, unsafe=unsafe)), parse(written.source)
    assert texts(before) == texts(after)


def texts(document: Document) -> list[object]:
    """What a reader sees of *document*: the texts of its links, cells and headings."""
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in (table.header, *table.rows)]
    return [[link.text for link in document.links], cells, [heading.text for heading in document.headings]]
