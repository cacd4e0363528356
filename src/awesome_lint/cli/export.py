"""``awesome-lint export``: the rows of a list's tables, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from awesome_lint.cli.console import write


@click.command(short_help="Print the tables' rows as JSON or CSV.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "data_format",
    type=click.Choice(["json", "jsonl", "csv", "tsv"]),
    default="json",
    show_default=True,
    help="JSON keeps tables and links, jsonl is one object a row, csv and tsv one line a row.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
def export(paths: tuple[str, ...], data_format: str, output: Path | None, stdin_filename: str | None) -> int:
    """Print the rows of all tables in PATHS: files, folders or - for standard input; by default this folder's README.

    JSON is an object for one file, and an array of such for several or for a folder.
    """
    from awesome_lint import export as data
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.engine import read
    from awesome_lint.examination import InternalError

    inputs = Inputs(paths, stdin_filename)
    documents = []
    for source in inputs:
        try:
            documents.append(read(source))
        except InternalError as error:
            inputs.fail_internally(error)
    if documents:
        if data_format == "json":
            text = data.render_json(documents, as_list=not inputs.is_one_file)
        elif data_format == "jsonl":
            text = data.render_json_lines(documents)
        else:
            text = data.render_csv(documents, delimiter="\t" if data_format == "tsv" else ",")
        write(text, output)
    return 2 if inputs.failed else 0
