"""The command line: ``awesome-lint`` and ``python -m awesome_lint``."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

import click

from awesome_lint import __version__
from awesome_lint.cli.check import check
from awesome_lint.cli.console import complain, prepare_streams
from awesome_lint.cli.default import DefaultGroup

_LATE = {
    "add": "add:add",
    "changes": "changes:changes",
    "completion": "completion:completion",
    "explain": "rules:rules",
    "export": "export:export",
    "help": "helping:help_",
    "init": "init:init",
    "links": "links:links",
    "merge": "merge:merge",
    "restore": "restore:restore",
    "rules": "rules:rules",
    "stats": "stats:stats",
}
"""The commands that are imported when they are run: the module in this package, and the name in it."""


@click.group(
    cls=DefaultGroup,
    default=check,
    late={name: f"awesome_lint.cli.{place}" for name, place in _LATE.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", message="awesome-lint %(version)s")
def cli() -> None:
    """Find what is broken in a curated list: its tables, links, entries, abbreviations and sections.

    PATHS are files, folders (all Markdown in them that .gitignore does not exclude) or - for standard input; by default
    this folder's README.  The command "check" may be left out.

    Exit codes: 0 no errors, 1 errors (with --strict also warnings), 2 the run could not be completed, 3 the network
    seems to be down, so no link could be verified.
    """


_ALLOCATIONS = 100_000
"""How many more objects may live than at the last search for unreachable cycles before the next one.

A parsed list has many objects and hardly any cycles: with Python's 700, these searches take an eighth of a check.
"""


def main() -> NoReturn:
    """Run the program on the arguments of this process, and exit."""
    gc.set_threshold(_ALLOCATIONS)
    prepare_streams()
    try:
        code = cli.main(prog_name="awesome-lint", standalone_mode=False)
    except click.ClickException as error:
        complain(error.format_message())
        code = 2
    except click.Abort:
        complain("interrupted")
        code = 130
    sys.exit(code)
