"""Checking links on the command line: the check, and the notes about it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from awesome_lint.cli.console import notify

if TYPE_CHECKING:
    from awesome_lint.config.model import LinkChoice
    from awesome_lint.link_status import LinkReport, LinkStatus
    from awesome_lint.links import Policy
    from awesome_lint.markdown import Document

_CI_SECONDS = 600.0
"""How long a check may take on a CI system, where minutes cost money."""


class LinkOptions(Struct, frozen=True):
    """The options of the link check, a field for each."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fragments: bool = False
    link_cache: str | None = None
    refresh: bool = False
    timeout: float | None = None
    max_time: float | None = None
    suggest: bool = False
    allow_private: bool = False

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> LinkOptions:
        """The link check's part of a command's *options*, which is taken out of them."""
        return cls(**{name: options.pop(name) for name in cls.__struct_fields__})

    def left_out(self, urls: Iterable[str], choice: LinkChoice) -> Mapping[str, LinkStatus]:
        """Those of *urls* that are not to be checked, as these options or the *choice* of a configuration say."""
        from awesome_lint.links import Patterns, skipped

        include, exclude = (*self.include, *choice.include), (*self.exclude, *choice.exclude)
        return skipped(urls, Patterns(include), Patterns(exclude))

    def policy(self) -> Policy:
        """How links are checked; which ones, `left_out` decides for each file."""
        from awesome_lint.links import Policy, Secret

        policy = Policy(
            refresh=self.refresh,
            fragments=self.fragments,
            suggest=self.suggest,
            allow_private=self.allow_private,
            github_token=Secret((os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or "").strip()),
            max_seconds=self.max_time or (_CI_SECONDS if os.environ.get("CI") else None),
        )
        return policy.with_timeout(self.timeout) if self.timeout else policy

    def cache(self) -> Path | None:
        """The file that keeps results; None for none."""
        from awesome_lint.links import default_path

        if self.link_cache is None:
            return default_path()
        return Path(self.link_cache) if self.link_cache else None


class LinkCheck(Struct, frozen=True):
    """What a check of the links of several texts found: the report, and the status of each link of each text.

    The texts may leave out different links, so that one URL can have another status in each.
    """

    report: LinkReport
    statuses: tuple[Mapping[str, LinkStatus], ...]


def check_links(
    urls: Sequence[Set[str]], choices: Sequence[LinkChoice], options: LinkOptions, *, quiet: bool
) -> LinkCheck:
    """Check the *urls* of each of several texts, each without those that its own one of *choices* leaves out.

    Shows progress and notes on standard error unless *quiet*.
    """
    left_out = [options.left_out(each, choice) for each, choice in zip(urls, choices, strict=True)]
    wanted = {url for each, skipped in zip(urls, left_out, strict=True) for url in each if url not in skipped}
    from awesome_lint.links import accepted

    report = _check(wanted, options, quiet=quiet)
    statuses = tuple(
        {url: skipped.get(url) or accepted(report.statuses[url], choice.accept) for url in each}
        for each, skipped, choice in zip(urls, left_out, choices, strict=True)
    )
    if not quiet:
        _show_notes(report, {url: status for each in statuses for url, status in each.items()})
    return LinkCheck(report, statuses)


def _check(urls: Set[str], options: LinkOptions, *, quiet: bool) -> LinkReport:
    from awesome_lint.links import ProgressLine, World, check

    policy = options.policy()
    line = ProgressLine(sys.stderr)
    try:
        observer = (lambda _: None) if quiet else line
        world = World.real(policy, _anchors_of)
        report = check(urls, policy, cache=options.cache(), observer=observer, world=world)
    finally:
        line.clear()
    return report


def _anchors_of(markdown: str) -> frozenset[str]:
    from awesome_lint.markdown import parse
    from awesome_lint.source import Source

    return parse(Source(markdown)).anchors


def _show_notes(report: LinkReport, statuses: Mapping[str, LinkStatus]) -> None:
    from awesome_lint.link_status import Verdict

    for note in report.notes:
        notify(note)
    counts = Counter(status.verdict for status in statuses.values())
    if checked := {verdict: count for verdict, count in counts.items() if verdict is not Verdict.SKIPPED}:
        ordered = sorted(checked.items(), key=lambda item: (-item[1], item[0]))
        notify(f"links: {', '.join(f'{count} {verdict}' for verdict, count in ordered)}")
    reasons = Counter(s.reason for s in report.statuses.values() if s.verdict is Verdict.UNCHECKED)
    for reason, count in sorted(reasons.items()):
        links = "1 link was" if count == 1 else f"{count} links were"
        notify(f"{links} not checked: {reason.phrase}")


def urls_in(document: Document) -> frozenset[str]:
    """The destinations of all links and images of *document*, as they are spelt there."""
    return frozenset(link.url for link in document.links if link.url)


def exit_code(code: int, report: LinkReport, *, exit_zero: bool = False) -> int:
    """The exit code of a run that would end with *code* but for its link check."""
    if report.interrupted:
        return 130
    return 3 if code == 0 and not exit_zero and not report.verified else code
