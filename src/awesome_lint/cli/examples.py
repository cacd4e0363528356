"""What each rule says, with an example: the faulty examples of its page, and what it finds in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from awesome_lint.regex import regex

if TYPE_CHECKING:
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.link_status import LinkStatus, Repository
    from awesome_lint.rule import Rule
    from awesome_lint.semantic.elsewhere import Elsewhere
    from awesome_lint.semantic.entries import Entry
    from awesome_lint.semantic.siblings import Listing
    from awesome_lint.source import Source

_BLOCK = regex(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
SIBLINGS = {"base": "README.md", "sibling": "README-fr.md"}
"""The kinds of blocks that hold another file, and the names of those files."""
ELSEWHERE = "docs/more.md"
"""The name of the file that a block ``elsewhere`` holds."""
_VARIABLE = regex(r"“[^”]*”|`[^`]*`|\d+|https?://\S+")


def messages_of(rule: Rule) -> str:
    """What *rule* says about the faulty examples of its page, each kind of message once, with the line it is about."""
    lines = [f"{rule.name}\n"]
    for found, source in kinds_of_findings(rule):
        example = source[source.line_span(found.start.line)].strip()
        remedy = f"fix: {found.fix.message}" if found.fix else f"help: {found.advice}"
        lines += [f"  {found.severity}: {found.message}\n", f"    {example}\n"]
        lines += [f"    = note: {found.note}\n"] if found.note else []
        lines.append(f"    = {remedy}\n")
    return "".join(lines)


def kinds_of_findings(rule: Rule) -> Iterator[tuple[Diagnostic, Source]]:
    """What *rule* finds in the faulty examples of its page: for each kind of message the first, with its source."""
    known: set[str] = set()
    for found, source in _findings(rule):
        kind = _VARIABLE.sub("", found.message)
        if kind not in known:
            known.add(kind)
            yield found, source


def _findings(rule: Rule) -> Iterator[tuple[Diagnostic, Source]]:
    """What *rule* finds in the examples under "Wrong" on its page."""
    from awesome_lint.config.finding import parse_configuration
    from awesome_lint.config.loading import load, settings_for
    from awesome_lint.linter.engine import check
    from awesome_lint.rule import Group
    from awesome_lint.semantic.facts import Facts
    from awesome_lint.source import Source

    section = rule.page.partition("\n## Wrong\n")[2].partition("\n## Right\n")[0]
    blocks = [(block[2], block[3]) for block in _BLOCK.finditer(section)]
    toml = "".join(text for kind, text in blocks if kind == "toml")
    settings = settings_for(load(parse_configuration(toml)), None, None)
    if rule.group is not Group.SUPPRESSION and not settings.select:
        settings = replace(settings, select=frozenset([rule.name]))
    statuses = tomllib.loads("".join(text for kind, text in blocks if kind == "links"))
    links = {url: _status(url, data) for url, data in statuses.items()}
    siblings = tuple(sibling(text, kind) for kind, text in blocks if kind in SIBLINGS)
    repository = repository_in("".join(text for kind, text in blocks if kind == "repository"))
    earlier = earlier_entries([text for kind, text in blocks if kind == "earlier"])
    others = elsewhere([text for kind, text in blocks if kind == "elsewhere"])
    for source in (Source(text, "README.md") for kind, text in blocks if kind == "markdown"):
        facts = Facts(lambda _: False, links if rule.online else None, siblings, earlier, repository, others)
        yield from ((each, source) for each in check(source, settings, facts) if each.rule == rule.name)


def sibling(text: str, kind: str) -> Listing:
    """What the other file *text* lists, as a page writes it."""
    from awesome_lint.markdown import parse
    from awesome_lint.semantic.model import ListModel
    from awesome_lint.semantic.siblings import listing_of
    from awesome_lint.source import Source

    document = parse(Source(text))
    return listing_of(document, ListModel(document).entries, SIBLINGS[kind], is_base=kind == "base")


def earlier_entries(texts: Sequence[str]) -> tuple[Entry, ...] | None:
    """The entries of the older version, the first of *texts*, as a page writes it, or None if there is none."""
    from awesome_lint.markdown import parse
    from awesome_lint.semantic.model import ListModel
    from awesome_lint.source import Source

    return ListModel(parse(Source(texts[0]))).entries if texts else None


def repository_in(toml: str) -> Repository | None:
    """What GitHub says about a repository, as a page writes it in *toml*; None where that is empty."""
    from awesome_lint.link_status import Repository

    data = tomllib.loads(toml)
    return Repository(**data | {"topics": frozenset(data.get("topics", ()))}) if data else None


def elsewhere(texts: Sequence[str]) -> Elsewhere | None:
    """What another file, the first of *texts*, lists beside the one that a page checks, or None if there is none."""
    from awesome_lint.markdown import parse
    from awesome_lint.semantic.elsewhere import Elsewhere
    from awesome_lint.semantic.model import ListModel
    from awesome_lint.source import Source

    if not texts:
        return None
    document, found = parse(Source(texts[0])), Elsewhere()
    found.add(ELSEWHERE, document.source, ListModel(document).entries)
    return found


def _status(url: str, data: dict[str, Any]) -> LinkStatus:
    """What the web says about *url*, as a page writes it."""
    from awesome_lint.link_status import Advisory, Hop, LinkStatus, Reason, Replacement, Verdict

    rest = {key.replace("-", "_"): value for key, value in data.items()}
    return LinkStatus(
        url,
        Verdict(rest.pop("verdict")),
        Reason(rest.pop("reason", "answered")),
        hops=tuple(Hop(301, target) for target in rest.pop("hops", [])),
        advisories=tuple(map(Advisory, rest.pop("advisories", []))),
        replacement=Replacement(**rest.pop("replacement")) if "replacement" in rest else None,
        **rest,
    )
