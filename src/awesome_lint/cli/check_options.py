"""What the command line asks of ``awesome-lint check``: plain data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct, field

from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.formats import Report
from awesome_lint.cli.inputs import STDIN
from awesome_lint.cli.online import LinkOptions
from awesome_lint.cli.reports import ReportStyle

if TYPE_CHECKING:
    from awesome_lint.rule import Rule


class CheckOptions(Struct, frozen=True, kw_only=True):
    """The options of ``awesome-lint check``.

    ``links`` are those of the link check, None where links are not checked; ``links_only`` leaves out all rules that do
    not need it.  ``output`` is the file for a diff, None for standard output; reports have files of their own.
    ``overrides`` set keys of the configuration, ``KEY=VALUE`` each, and ``excluded_files`` are patterns of files that
    are left out where folders are searched.
    ``rules`` are all rules there are; None stands for `awesome_lint.rules.RULES`.
    """

    paths: tuple[str, ...] = ()
    stdin_filename: str | None = None
    config: Path | None = None
    overrides: tuple[str, ...] = ()
    isolated: bool = False
    show_settings: bool = False
    excluded_files: tuple[str, ...] = ()
    select: frozenset[str] = frozenset()
    extend: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    links: LinkOptions | None = None
    links_only: bool = False
    since: str | None = None
    baseline: Path | None = None
    new_baseline: Path | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_ignores: bool = False
    output: Path | None = None
    reports: tuple[Report, ...] = (Report("text"),)
    style: ReportStyle = field(default_factory=ReportStyle)
    strict: bool = False
    exit_zero: bool = False
    verbose: bool = False
    no_cache: bool = False
    watch: bool = False
    rules: tuple[Rule, ...] | None = None

    @property
    def quiet(self) -> bool:
        """Whether to write no notes."""
        return self.style.quiet

    @property
    def uses_cache(self) -> bool:
        """Whether results are kept; those of a link check do not stay true."""
        return not self.no_cache and self.links is None and self.rules is None

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """All rules there are."""
        from awesome_lint.rules import RULES

        return RULES if self.rules is None else self.rules

    @property
    def stream(self) -> TextIO | None:
        """Where the report goes: standard output, unless that takes the fixed text of standard input."""
        return sys.stderr if self.fix and STDIN in self.paths else sys.stdout

    def configurations(self) -> Configurations:
        """The configurations that these options choose."""
        return Configurations(
            self.config, self.isolated, self.select, self.ignore, self.extend, self.overrides, self.excluded_files
        )
