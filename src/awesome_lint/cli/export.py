"""``awesome-lint export``: the entries of a list, for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.console import Problems, notify, write
from awesome_lint.cli.options import output_option, stdin_option

if TYPE_CHECKING:
    from awesome_lint.export.selection import Selection, Wanted
    from awesome_lint.export.where import Condition
    from awesome_lint.markdown import Document
    from awesome_lint.schema import Schemas
    from awesome_lint.semantic.model import ListModel


def _split(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def _parse(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Condition | None:
    if value is None:
        return None
    from awesome_lint.export.where import WhereError, parse_where

    try:
        return parse_where(value)
    except WhereError as error:
        raise click.UsageError(f"--where, character {error.position + 1}: {error}") from None


@click.command(short_help="Print rows and bullets as JSON, CSV, BibTeX or a web page.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "data_format",
    type=click.Choice(["json", "jsonl", "yaml", "csv", "tsv", "markdown", "bibtex", "html"]),
    default="json",
    show_default=True,
    help="json and yaml keep tables and links; jsonl has one object per row, csv and tsv one line, bibtex one entry; "
    "html is a page with a search.",
)
@click.option(
    "--section",
    "sections",
    multiple=True,
    metavar="GLOB",
    help="Only tables and lists under matching headings; !GLOB excludes them.",
)
@click.option("--columns", multiple=True, callback=_split, metavar="NAMES", help="Only these columns, in this order.")
@click.option(
    "--where",
    "condition",
    callback=_parse,
    metavar="CONDITION",
    help="Only rows that match, such as 'Year>=2017 and Modality=MRI'.",
)
@click.option("--tables", "kind", flag_value="tables", help="Only tables.")
@click.option("--lists", "kind", flag_value="lists", help="Only lists.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use the configuration in FILE.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
@output_option
@stdin_option
def export(paths: tuple[str, ...], data_format: str, output: Path | None, **options: Any) -> int:
    """Print the rows and bullets of PATHS: files, folders or - for standard input; by default this folder's README.

    JSON is an object for one file, and an array of objects for several files or a folder.  If the configuration has a
    schema for a table, JSON also has the values in the types of the schema.

    A CONDITION compares columns with values by =, !=, <, <=, >, >= and ~ (contains), combined with and, or, not and
    parentheses; names and values with spaces are quoted.  Tables without one of its columns are skipped; bullets have
    Name, URL, Description and Tags.
    """
    from awesome_lint.api import parse
    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.cli.inputs import names_one_file, read_inputs
    from awesome_lint.export.selection import Wanted, select
    from awesome_lint.semantic.model import ListModel

    problems = Problems()
    configurations = Configurations(options["config"], options["isolated"])
    kind = options["kind"]
    wanted = Wanted(options["sections"], options["columns"], options["condition"], kind != "lists", kind != "tables")
    found: list[tuple[ListModel, Schemas]] = []
    for each in read_inputs(paths, options["stdin_filename"], problems):
        schemas = configurations.settings(each.location).schemas
        with problems.caught():
            found.append((ListModel(parse(each.source)), schemas))
    if kind == "lists" and wanted.columns:
        raise click.UsageError("--lists cannot be used with --columns: bullets have no columns")
    _require_columns([model for model, _ in found], wanted)
    selections = [select(model, schemas, wanted) for model, schemas in found]
    for selection in selections:
        _tell_what_is_left_out(selection, wanted)
    if selections:
        write(_render(selections, data_format, as_list=not names_one_file(paths)), output)
    return 2 if problems.found else 0


def _tell_what_is_left_out(selection: Selection, wanted: Wanted) -> None:
    """Say what looks like entries and is not exported, and why nothing is exported where that is so."""
    from awesome_lint.stats.unread import describe_unread, find_unread

    model, document = selection.model, selection.document
    path = document.source.path
    for unread in find_unread(model):
        notify(f"{path}: {describe_unread(unread, 'exported')}")
    if selection.is_empty:
        notify(f"{path}: nothing is exported: {_reason(document, len(model.entries), wanted)}")


def _reason(document: Document, count: int, wanted: Wanted) -> str:
    if not count and not document.tables:
        return "no table row and no list item names anything"
    if wanted.condition or wanted.columns:
        return "no entry matches --where, --columns and --section"
    if wanted.sections:
        return "no table or list with entries is under the headings of --section"
    if not wanted.tables:
        return "no list has entries"
    return "no table has rows" if not wanted.lists else "no table has rows, and no list has entries"


def _require_columns(models: Sequence[ListModel], wanted: Wanted) -> None:
    """Raise `click.UsageError` where a column is named that no table has."""
    from awesome_lint.export.selection import missing_names
    from awesome_lint.text.nearest import nearest

    missing, known = missing_names(models, wanted) if models else ([], [])
    if missing:
        near = nearest(missing[0], known)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(map(repr, known[:12]))}"
        raise click.UsageError(f"no table has a column {missing[0]!r}; {hint if known else 'there are no tables'}")


def _render(selections: Sequence[Selection], data_format: str, *, as_list: bool) -> str:
    if data_format == "json":
        from awesome_lint.export.json import render_json

        return render_json(selections, as_list=as_list)
    if data_format == "jsonl":
        from awesome_lint.export.json import render_json_lines

        return render_json_lines(selections)
    if data_format == "yaml":
        from awesome_lint.export.json import selection_as_data
        from awesome_lint.export.yaml import render_yaml

        data = [selection_as_data(selection) for selection in selections]
        return render_yaml(data if as_list else data[0])
    if data_format == "html":
        from awesome_lint.export.page import render_page

        return render_page(selections)
    if data_format == "markdown":
        from awesome_lint.export.markdown import render_markdown

        return render_markdown(selections)
    if data_format == "bibtex":
        from awesome_lint.export.bibtex import render_bibtex

        return render_bibtex(selections)
    from awesome_lint.export.delimited import render_csv

    return render_csv(selections, delimiter="\t" if data_format == "tsv" else ",")
