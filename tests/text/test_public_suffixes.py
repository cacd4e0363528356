"""Reading only the rules of one top-level domain gives what the whole list gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publicsuffixlist import PSLFILE, PublicSuffixList

from awesome_lint.text.public_suffixes import domain_at_registry, public_suffix, registered_domain

RULES = [
    line.split()[0]
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("//")
]
LABELS = st.sampled_from(["www", "a", "城市", "xn--55qx5d", "GitHub", "co"])


@cache
def whole_list() -> PublicSuffixList:
    return PublicSuffixList()


def assert_same(host: str) -> None:
    assert public_suffix(host) == whole_list().publicsuffix(host.lower(), accept_unknown=False)
    assert registered_domain(host) == whole_list().privatesuffix(host.lower(), accept_unknown=True)


@given(st.lists(LABELS, max_size=3), st.sampled_from(RULES), st.booleans(), st.sampled_from(["", "."]))
def test_answers_are_those_of_the_whole_list(labels: list[str], rule: str, encoded: bool, dot: str) -> None:
    suffix = rule.lstrip("!*.")
    if encoded:
        suffix = suffix.encode("idna").decode("ascii")
    assert_same(".".join([*labels, suffix]) + dot)


@pytest.mark.parametrize(
    "host",
    ["", ".", "a..com", "guide.md", "no-such-domain", "a.no-such-domain", "xn--p1ai", "пример.рф", "EXAMPLE.CO.UK"],
)
def test_odd_names(host: str) -> None:
    assert_same(host)


def test_domains_at_the_registry() -> None:
    """A service's suffix (``github.io``) is registered like any other name."""
    assert domain_at_registry("a.b.GitHub.io") == "github.io"
    assert domain_at_registry("a.b.co.uk") == "b.co.uk"
    assert domain_at_registry("co.uk") is None
