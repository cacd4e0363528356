"""What a configuration file can say.

The docstring of an attribute is its description in the reference and in the JSON Schema; underscores in the name of
an attribute are hyphens in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NewType

from msgspec import Struct, field

from awesome_lint.diagnostic import RuleName, Severity
from awesome_lint.linter.allowance import Allowance
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
    """The links to skip."""
    accept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The HTTP statuses to accept, by pattern, such as `{ "slow.site" = [403, 503] }`."""


class Siblings(Struct, frozen=True, kw_only=True):
    """Files that list the same entries."""

    files: tuple[str, ...]
    """The files, the original first, relative to this file's folder: `["README.md", "README-zh.md"]`."""

    def __post_init__(self) -> None:
        require(len(set(self.files)) == len(self.files) > 1, "files", "must name two files or more, each once")


class Configuration(Struct, frozen=True, kw_only=True):
    """All of a configuration file."""

    extends: str | None = None
    """A preset (`awesome`) or another file of this repository to build on: tables are merged, other keys replaced."""
    exclude: tuple[str, ...] = ()
    """Files to skip when folders are searched: `.gitignore` patterns, relative to this file's folder."""
    select: tuple[RuleName, ...] = ()
    """The rules and groups to run. Default: every rule that is on by default."""
    extend_select: tuple[RuleName, ...] = ()
    """Rules to run in addition; rules that are off by default must be named."""
    ignore: tuple[RuleName, ...] = ()
    """Rules and groups not to run; the more specific name wins: a kind over its rule, a rule over its group."""
    severity: Mapping[RuleName, Severity] = field(default_factory=dict)
    """The severity of the findings of a rule, kind or group: `error`, `warning` or `info`."""
    per_path_ignores: Mapping[str, tuple[RuleName, ...]] = field(default_factory=dict)
    """Rules and groups not to run in some files: `.gitignore` patterns, relative to this file's folder."""
    format: TableForm = field(default_factory=TableForm)
    """The canonical form of tables."""
    rules: RuleOptions = field(default_factory=lambda: RuleOptions({}))
    """The options of a rule, `[rules.<name>]`."""
    allow: tuple[Allowance, ...] = ()
    """Findings that are accepted, each with a reason."""
    tables: tuple[TableSchema, ...] = ()
    """What tables contain."""
    links: LinkChoice = field(default_factory=LinkChoice)
    """Which links `--links` checks, and which answers are accepted."""
    lists: tuple[ListSchema, ...] = ()
    """What the bullets of lists look like."""
    counts: tuple[CountSchema, ...] = ()
    """Numbers of entries in the text that are kept up to date."""
    siblings: tuple[Siblings, ...] = ()
    """Files that list the same entries, such as translations."""
