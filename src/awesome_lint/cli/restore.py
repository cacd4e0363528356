"""``awesome-lint restore``: bring back the addresses that links have lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awesome_lint.cli.console import Problems


@click.command(short_help="Find and restore addresses that links have lost.")
@click.argument("paths", nargs=-1)
@click.option("--fix", is_flag=True, help="Write the addresses on which all evidence agrees.")
@click.option("--unsafe-fixes", is_flag=True, help="Also write those that are probably right; implies --fix.")
@click.option("--dry-run", is_flag=True, help="Write nothing (the default without --fix).")
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text for people, json for other programs.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--proxy",
    "proxies",
    multiple=True,
    metavar="HOST",
    help="A host that only redirects to other pages, such as bit.ly; may be repeated.",
)
@click.option(
    "--endpoint",
    "endpoints",
    multiple=True,
    metavar="NAME=URL",
    help="The base URL of a service, such as crossref=https://example.org; NAME= skips it; may be repeated.",
)
@click.option(
    "--email", default="", metavar="ADDRESS", help="An address to send to services that give identified users priority."
)
@click.option("--links-include", "include", multiple=True, metavar="PATTERN", help="Look only at these links.")
@click.option("--links-exclude", "exclude", multiple=True, metavar="PATTERN", help="Skip these links.")
@click.option(
    "--links-cache",
    "link_cache",
    metavar="FILE",
    help="Where to keep results ('' keeps none); by default in the user's cache folder.",
)
@click.option("--refresh", is_flag=True, help="Look up again what earlier runs have found.")
@click.option(
    "--max-time",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop the search after this time; 600 if CI is set, otherwise no limit.",
)
@click.option("--allow-private", is_flag=True, help="Allow links to private networks.")
@click.option("--quiet", "-q", is_flag=True, help="Do not show progress or notes.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use the configuration in FILE.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
def restore(paths: tuple[str, ...], **options: Any) -> int:
    """Look for the addresses of links in PATHS that are proxied, empty, truncated, malformed or dead.

    PATHS are files or folders; by default this folder's README.  Sources are, in this order: where a proxy leads, what
    the entry names (DOI, arXiv, PMID, ISBN, repository), and its title at arXiv, Crossref, OpenAlex, DBLP and Semantic
    Scholar.  Nothing is written without --fix.

    Exit code: 0 if no link is left without its address, 1 if some are, 2 if the run could not be completed, 3 if the
    network seems to be down.
    """
    from awesome_lint.cli.restoring import RestoreOptions, run

    return run(paths, RestoreOptions.taken_from(options), Problems())
