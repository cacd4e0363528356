"""Answers of services may hold anything: what cannot be read is refused, and nothing else goes wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awesome_lint.restore.judging import judge
from awesome_lint.restore.model import Loss, LostLink, Source, Subject
from awesome_lint.restore.services import SERVICES
from awesome_lint.source import Span

pytestmark = pytest.mark.slow

TITLE = "Counting the Leaves of Young Rosette Plants with Shallow Networks"
LINK = LostLink(Loss.EMPTY, "pdf", "", Span(0, 1), Span(0, 1), 1, 1, Subject(TITLE, years=frozenset({2016})))
NAMES = """
    message items DOI title subtitle author family given issued date-parts container-title type results doi display_name
    publication_year authorships display_name primary_location locations landing_page_url source result hits hit info
    authors text venue year ee url data externalIds ArXiv name uids uid pubdate articleids idtype value full_name fork
    ISBN:9783161484100 publish_date 26978662
""".split()
TEXTS = st.sampled_from(
    [TITLE, "10.1000/x", "1603.01234", "2016", "", "http://arxiv.org/abs/1603.01234", "a/b", "\x00\u202e"]
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS)
ANSWERS: st.SearchStrategy[Any] = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5),
    max_leaves=30,
)
TAGS = (
    "<feed> <entry> </entry> <id> </id> <title> </title> <published>2016 </published> <name> </name> &#0; &amp;".split()
)
PIECES = st.lists(st.sampled_from([*TAGS, "http://arxiv.org/abs/1603.01234v1", TITLE, "\n"]))


def read(source: Source, data: bytes) -> None:
    with suppress(ValueError):
        works = SERVICES[source]("https://a.org").read(data)
        finding = judge(LINK, works)
        assert all(candidate.url.startswith(("http://", "https://")) for candidate in finding.candidates)


@pytest.mark.parametrize("source", SERVICES)
@settings(deadline=None, max_examples=60)
@given(answer=ANSWERS)
def test_json(source: Source, answer: Any) -> None:
    read(source, json.dumps(answer).encode())
    for wrapped in ({"message": {"items": [answer]}}, {"results": [answer]}, {"data": [answer]}, {"items": [answer]}):
        read(source, json.dumps(wrapped).encode())
    read(source, json.dumps({"result": {"hits": {"hit": [{"info": answer}]}, "uids": ["1"], "1": answer}}).encode())


@settings(deadline=None, max_examples=100)
@given(PIECES)
def test_feeds(pieces: list[str]) -> None:
    read(Source.ARXIV, "".join(["<feed>", *pieces]).encode())
