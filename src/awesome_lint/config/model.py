"""What a configuration file can say.

The docstring of an attribute is its description in the reference and in the JSON Schema; underscores in the name of
an attribute are hyphens in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NewType

from msgspec import Struct, field

from awesome_lint.diagnostic import Severity
from awesome_lint.linter.allowance import Allowance
from awesome_lint.rule import RuleName
from awesome_lint.schema import CountSchema, ListSchema, TableSchema
from awesome_lint.schema.columns import require
from awesome_lint.table_format.options import TableForm

RuleOptions = NewType("RuleOptions", Mapping[str, Any])
"""The options of rules by the rule's name: for each rule that has any, the struct that it names."""


class LinkChoice(Struct, frozen=True, kw_only=True):
    """Which links are checked, and what is fine. A pattern is a host (with its subdomains), a prefix, or a URL with
    `*` and `?`.
    """

    include: tuple[str, ...] = ()
    """The links to check. Default: all."""
    exclude: tuple[str, ...] = ()
    """Links to leave out."""
    accept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """For patterns: the HTTP statuses that are fine there, such as `{ "slow.site" = [403, 503] }`."""


class Siblings(Struct, frozen=True, kw_only=True):
    """Files that list the same entries."""

    files: tuple[str, ...]
    """The files, the original first, from this file's folder: `["README.md", "README-zh.md"]`."""

    def __post_init__(self) -> None:
        require(len(set(self.files)) == len(self.files) > 1, "files", "must name two files or more, each once")


class Configuration(Struct, frozen=True, kw_only=True):
    """All of a configuration file."""

    extends: str | None = None
    """A preset (`awesome`) or a file of this repository on which this one builds: tables are merged, other keys not."""
    exclude: tuple[str, ...] = ()
    """Files to leave out where folders are searched: patterns as in `.gitignore`, from this file's folder."""
    select: tuple[RuleName, ...] = ()
    """The rules and groups to run. Default: every rule that is on by default."""
    extend_select: tuple[RuleName, ...] = ()
    """Rules to run besides; those that are off by default have to be named."""
    ignore: tuple[RuleName, ...] = ()
    """Rules and groups to leave out; a rule's own name counts more than its group's, a kind's more than its rule's."""
    severity: Mapping[RuleName, Severity] = field(default_factory=dict)
    """How bad the findings of a rule, kind or group are: `error`, `warning` or `info`."""
    per_path_ignores: Mapping[str, tuple[RuleName, ...]] = field(default_factory=dict)
    """For files (patterns as in `.gitignore`, from the folder of the configuration): rules and groups to leave out."""
    format: TableForm = field(default_factory=TableForm)
    """The canonical form of tables."""
    rules: RuleOptions = field(default_factory=lambda: RuleOptions({}))
    """Options of single rules, `[rules.<name>]`."""
    allow: tuple[Allowance, ...] = ()
    """Findings that are no faults, each with the reason why."""
    tables: tuple[TableSchema, ...] = ()
    """What tables hold."""
    links: LinkChoice = field(default_factory=LinkChoice)
    """Which links `--links` checks, and which answers are fine."""
    lists: tuple[ListSchema, ...] = ()
    """What the bullets of lists look like."""
    counts: tuple[CountSchema, ...] = ()
    """Numbers of entries in the text that are kept right."""
    siblings: tuple[Siblings, ...] = ()
    """Files that list the same entries, such as translations."""
