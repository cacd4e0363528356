"""The options of the link check, which two commands have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from awesome_lint.cli.grouping import option

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    option("Links", "--links-include", "include", multiple=True, metavar="PATTERN", help="Check only these links."),
    option(
        "Links",
        "--links-exclude",
        "exclude",
        multiple=True,
        metavar="PATTERN",
        help="Skip these links: a host, the beginning of a URL, or a pattern with * and ?.",
    ),
    option(
        "Links",
        "--links-fragments",
        "fragments",
        is_flag=True,
        help="Also check that pages have the anchors that links point to.",
    ),
    option(
        "Links",
        "--links-cache",
        "link_cache",
        metavar="FILE",
        help="Where to keep results ('' keeps none); by default in the user's cache folder.",
    ),
    option("Links", "--refresh", is_flag=True, help="Re-check links with a cached result."),
    option(
        "Links",
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="The time limit of a request; 20 by default.",
    ),
    option(
        "Links",
        "--max-time",
        type=click.FloatRange(min=0, min_open=True),
        metavar="SECONDS",
        help="Stop the link check after this time; 600 if CI is set, otherwise no limit.",
    ),
    option("Links", "--suggest", is_flag=True, help="Suggest copies of dead pages in the web archive."),
    option("Links", "--allow-private", is_flag=True, help="Allow links to private networks."),
)


def link_options(command: _Command) -> _Command:
    """Give *command* the options of the link check."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    return command
