"""``awesome-lint links``: every URL of a list, with its status."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from awesome_lint.cli.console import Problems, write
from awesome_lint.cli.link_options import link_options


@click.command(short_help="List every link with its status.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "list_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="One line per link, or data for other programs.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress and no notes.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
@link_options
def links(**options: Any) -> int:
    """Check the links in PATHS and list all of them: place, verdict, reason, redirects and time.

    PATHS are files, folders or - for standard input; by default this folder's README.  "awesome-lint --links"
    reports what is wrong; this command only lists, and exits with 0 whatever it finds, or with 3 where nothing could be
    verified.
    """
    from awesome_lint.api import parse
    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.cli.inputs import read_inputs
    from awesome_lint.cli.online import LinkOptions, check_links, exit_code, urls_in
    from awesome_lint.report.link_list import RENDERERS, list_links

    problems, configurations, check_options = Problems(), Configurations(), LinkOptions.taken_from(options)
    documents, choices = [], []
    for each in read_inputs(options["paths"], options["stdin_filename"], problems):
        choice = configurations.link_choice(each.location)
        with problems.caught():
            documents.append(parse(each.source))
            choices.append(choice)
    found = check_links([urls_in(each) for each in documents], choices, check_options, quiet=options["quiet"])
    pairs = zip(documents, found.statuses, strict=True)
    listed = [entry for document, statuses in pairs for entry in list_links(document, statuses)]
    write(RENDERERS[options["list_format"]](listed), options["output"])
    return 2 if problems.found else exit_code(0, found.report)
