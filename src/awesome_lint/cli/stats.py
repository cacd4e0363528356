"""``awesome-lint stats``: a list in numbers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from awesome_lint.cli.console import Problems, terminal_width, wants_color, write
from awesome_lint.cli.options import color_option, output_option, stdin_option


@click.command(short_help="Count entries, years, hosts and gaps.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "data_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The format of the output.",
)
@click.option(
    "--top",
    type=click.IntRange(min=0),
    default=15,
    show_default=True,
    metavar="N",
    help="The number of lines in each chart of the text format; 0 for all.",
)
@color_option
@output_option
@stdin_option
def stats(paths: tuple[str, ...], data_format: str, output: Path | None, **options: Any) -> int:
    """Count what is in PATHS: files, folders or - for standard input; by default this folder's README.

    Entries per section and year, links per host, how many entries have a link to code, a PDF or a dataset, and how many
    cells of each column are empty.
    """
    from awesome_lint.api import parse
    from awesome_lint.cli.inputs import names_one_file, read_inputs
    from awesome_lint.report.style import Style
    from awesome_lint.stats.counting import take_statistics
    from awesome_lint.stats.rendering import render_json, render_text

    problems = Problems()
    found = []
    for each in read_inputs(paths, options["stdin_filename"], problems):
        with problems.caught():
            found.append(take_statistics(parse(each.source)))
    if found:
        style = Style(terminal_width(), wants_color(None if output else sys.stdout, options["color"]))
        if data_format == "json":
            write(render_json(found, as_list=not names_one_file(paths)), output)
        else:
            write(render_text(found, style, options["top"]), output)
    return 2 if problems.found else 0
