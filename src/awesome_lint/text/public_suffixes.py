"""Which end of a host name is a public suffix: `com`, `co.uk`, `github.io` (https://publicsuffix.org/list/).

Reading the whole list takes longer than linting most files, so only the rules of the top-level domains that occur
are read.  All rules for a host end in its last label, so the answers are those of the whole list.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


def public_suffix(host: str) -> str | None:
    """The public suffix that *host* ends in, in lower case; None where the list has none for it."""
    suffix: str | None = _rules_for(host).publicsuffix(host.lower(), accept_unknown=False)
    return suffix


def registered_domain(host: str) -> str | None:
    """The part of *host* that one owner registered (``b.co.uk`` of ``a.b.co.uk``), in lower case.

    An unknown top-level domain is treated as a public suffix.  None where *host* itself is one.
    """
    domain: str | None = _rules_for(host).privatesuffix(host.lower(), accept_unknown=True)
    return domain


def domain_at_registry(host: str) -> str | None:
    """As `registered_domain`, by the suffixes of registries alone: ``github.io`` of ``a.github.io``."""
    domain: str | None = _registries().privatesuffix(host.lower(), accept_unknown=True)
    return domain


@cache
def _registries() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(only_icann=True)


def _rules_for(host: str) -> PublicSuffixList:
    host = host.lower().removesuffix(".")
    domain = host.rpartition(".")[2]
    is_encoded = "xn--" in host
    return _rules("" if domain.startswith("xn--") else domain, is_encoded=is_encoded)


@cache
def _rules(domain: str, *, is_encoded: bool) -> PublicSuffixList:
    """The rules that end in the top-level *domain*, all rules if it is empty.

    Only with *is_encoded* are names in Punycode known, since encoding them takes most of the time.
    """
    from publicsuffixlist import PublicSuffixList

    lines = (
        _lines_by_domain().get(domain, [])
        if domain
        else [line for lines in _lines_by_domain().values() for line in lines]
    )
    return PublicSuffixList(lines, accept_encoded_idn=is_encoded)


@cache
def _lines_by_domain() -> defaultdict[str, list[str]]:
    """The lines of the list that are rules, by the top-level domain that they end in."""
    from publicsuffixlist import PSLFILE

    lines: defaultdict[str, list[str]] = defaultdict(list)
    for line in Path(PSLFILE).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("//"):
            lines[line.split(maxsplit=1)[0].rpartition(".")[2].lower()].append(line)
    return lines
