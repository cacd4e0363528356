"""Checking links on the command line: the options, the run, and what is said about it."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.cli.console import notify

if TYPE_CHECKING:
    from awesome_lint.config.model import LinkChoice
    from awesome_lint.link_status import LinkReport
    from awesome_lint.links import Policy
    from awesome_lint.linter.settings import Settings
    from awesome_lint.markdown import Document
    from awesome_lint.rule import Facts

_CI_SECONDS = 600.0
"""How long a run may take where somebody pays for its minutes."""

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--links-include", "include", multiple=True, metavar="PATTERN", help="Check only these links."),
    click.option(
        "--links-exclude",
        "exclude",
        multiple=True,
        metavar="PATTERN",
        help="Leave these links out: a host, the beginning of a URL, or a pattern with * and ?.",
    ),
    click.option("--links-fragments", "fragments", is_flag=True, help="Look for the anchors of pages, too."),
    click.option(
        "--links-cache",
        "link_cache",
        metavar="FILE",
        help="Where verdicts are kept ('' keeps none); by default in the user's cache folder.",
    ),
    click.option("--refresh", is_flag=True, help="Ask anew for links whose verdict is known."),
    click.option(
        "--max-time",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="End the link check after that time; 600 where CI is set, else no limit.",
    ),
    click.option("--suggest", is_flag=True, help="Look for copies of dead pages in the web archive."),
    click.option("--allow-private", is_flag=True, help="Let links lead into private networks."),
)


def link_options(command: _Command) -> _Command:
    """Give *command* the options of the link check."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class LinkOptions(Struct, frozen=True):
    """What the command line says about the link check; a field for each of its options."""

    include: tuple[str, ...]
    exclude: tuple[str, ...]
    fragments: bool
    link_cache: str | None
    refresh: bool
    max_time: float | None
    suggest: bool
    allow_private: bool

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> LinkOptions:
        """The link check's part of a command's *options*, which is taken out of them."""
        return cls(**{name: options.pop(name) for name in cls.__struct_fields__})

    @property
    def given(self) -> bool:
        """Whether any of the options was given."""
        return self != LinkOptions((), (), False, None, False, None, False, False)

    def narrowed(self, choice: LinkChoice) -> LinkOptions:
        """These options, with what a configuration picks besides."""
        include, exclude = (*self.include, *choice.include), (*self.exclude, *choice.exclude)
        return replace(self, include=tuple(dict.fromkeys(include)), exclude=tuple(dict.fromkeys(exclude)))

    def _policy(self) -> Policy:
        from awesome_lint.links import Patterns, Policy, Secret

        return Policy(
            include=Patterns(self.include),
            exclude=Patterns(self.exclude),
            refresh=self.refresh,
            fragments=self.fragments,
            suggest=self.suggest,
            allow_private=self.allow_private,
            github_token=Secret((os.environ.get("GITHUB_TOKEN") or os.environ.get("GH_TOKEN") or "").strip()),
            max_seconds=self.max_time or (_CI_SECONDS if os.environ.get("CI") else None),
        )

    def check(self, urls: Iterable[str], *, quiet: bool) -> LinkReport:
        """Ask the web about *urls*; says on standard error how it goes, and what the user should know."""
        from awesome_lint.links import ProgressLine, World, check, default_path

        policy = self._policy()
        cache = default_path() if self.link_cache is None else Path(self.link_cache) if self.link_cache else None
        line = ProgressLine(sys.stderr)
        try:
            observer = (lambda _: None) if quiet else line
            report = check(urls, policy, cache=cache, observer=observer, world=World.real(policy, _anchors_of))
        finally:
            line.clear()
        if not quiet:
            _say(report)
        return report


def _anchors_of(markdown: str) -> frozenset[str]:
    from awesome_lint.markdown import parse
    from awesome_lint.source import Source

    return parse(Source(markdown)).anchors


def _say(report: LinkReport) -> None:
    from awesome_lint.link_status import Verdict

    for note in report.notes:
        notify(note)
    counts = Counter(status.verdict for status in report.statuses.values())
    if asked := {verdict: count for verdict, count in counts.items() if verdict is not Verdict.SKIPPED}:
        parts = (f"{count} {verdict}" for verdict, count in sorted(asked.items(), key=lambda item: (-item[1], item[0])))
        notify(f"links: {', '.join(parts)}")
    reasons = Counter(s.reason for s in report.statuses.values() if s.verdict is Verdict.UNCHECKED)
    for reason, count in sorted(reasons.items()):
        links = "1 link was" if count == 1 else f"{count} links were"
        notify(f"{links} not checked: {reason.phrase}")


def urls_in(document: Document) -> set[str]:
    """The destinations of all links and images of *document*, as they are spelt there."""
    return {link.url for link in document.links if link.url}


class LinkCheck(Struct):
    """The link check of a run of ``awesome-lint check``; ``report`` is what it found, None before or without it."""

    options: LinkOptions
    asked: bool
    only: bool
    report: LinkReport | None = None

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> LinkCheck:
        """The link check's part of the command's *options*; raises `click.UsageError` where it is half a one."""
        asked, only, rest = options.pop("links"), options.pop("links_only"), LinkOptions.taken_from(options)
        if rest.given and not (asked or only):
            raise click.UsageError("options about checking links go with --links or --links-only")
        if options["no_cache"] and rest.link_cache is None:
            rest = replace(rest, link_cache="")
        return cls(rest, asked or only, only)

    def choose(self, choice: LinkChoice) -> None:
        """Pick links also as a configuration does."""
        self.options = self.options.narrowed(choice)

    def run(self, urls: Iterable[str], *, quiet: bool) -> None:
        """Ask the web about *urls*."""
        self.report = self.options.check(urls, quiet=quiet)

    def applied(self, settings: Settings) -> Settings:
        """*settings*, without the rules that do not check links if only those are to run."""
        if not self.only:
            return settings
        from awesome_lint.rules import RULES

        return replace(settings, ignore=settings.ignore | {rule.name for rule in RULES if not rule.online})

    def facts(self, exists: Callable[[str], bool] | None) -> Facts:
        """What is known about a text: what *exists* beside it, and what the link check found."""
        from awesome_lint.rule import Facts

        return Facts(exists, self.report.statuses if self.report else None)

    def exit_code(self, code: int, *, exit_zero: bool) -> int:
        """The exit code of a run that would end with *code* but for its link check."""
        if self.report is None:
            return code
        if self.report.interrupted:
            return 130
        return 3 if code == 0 and not exit_zero and not self.report.verified else code
