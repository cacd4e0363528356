"""``awesome-lint add``: add an entry, formatted like its neighbours."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.console import Problems, complain, notify, write

if TYPE_CHECKING:
    from awesome_lint.adding.add import Added
    from awesome_lint.adding.addition import Addition
    from awesome_lint.cli.inputs import Input


@click.command(short_help="Add an entry, formatted and placed like its neighbours.")
@click.argument("path", required=False)
@click.option("--section", metavar="HEADING", help="The section to add to, by its heading or #anchor.")
@click.option("--after", metavar="NAME", help="The entry after which to add it; by default, it is sorted in.")
@click.option("--name", metavar="TEXT", help="The name of the entry.")
@click.option("--url", metavar="URL", help="The address that its name links to.")
@click.option("--description", metavar="TEXT", help="The description, as Markdown.")
@click.option(
    "--set", "cells", multiple=True, metavar="COLUMN=VALUE", help="A cell of a row, as Markdown; may be repeated."
)
@click.option(
    "--json",
    "json_file",
    type=click.File("rb"),
    metavar="FILE",
    help="Read the fields from FILE (- for standard input).",
)
@click.option("--fetch", metavar="ID", help="Look up an arXiv ID, a DOI or a repository at arXiv, Crossref or GitHub.")
@click.option(
    "--endpoint",
    "endpoints",
    multiple=True,
    metavar="NAME=URL",
    help="The base URL of a service, such as crossref=https://example.org; may be repeated.",
)
@click.option("--allow-private", is_flag=True, help="Allow services in private networks.")
@click.option("--print", "--dry-run", "print_only", is_flag=True, help="Print the line without changing any file.")
def add(path: str | None, *, print_only: bool, **options: Any) -> int:
    """Add an entry to PATH, by default this folder's README: a row or a bullet like the others of its section.

    It is sorted in if the section is in alphabetical order or in the order of a column, such as a date; otherwise it
    goes to the end.  Missing cells are marked as in the rest of the table.  No other byte changes.  The exit code is 1
    if the entry is already in the list.

    On a terminal, with nothing to add, it prompts for the section and each field, and asks before it writes the line.

    --fetch fills in what you do not give: name, address, description, year, authors and venue.

    The JSON object has the keys section, after, name, url, description, and columns, an object of cells by column.
    """
    from awesome_lint.cli.given_addition import read_addition
    from awesome_lint.cli.inputs import read_inputs

    addition = read_addition(options, options["cells"], options["json_file"])
    is_asked = addition.is_empty and not options["fetch"]
    if is_asked and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError("say what to add: --name and --url, --set, --fetch, or --json")
    problems = Problems()
    inputs = read_inputs((path,) if path else (), None, problems)
    if problems.found or not inputs:
        return 2
    if len(inputs) > 1 or inputs[0].file is None:
        raise click.UsageError("name one file")
    if is_asked:
        return _ask(inputs[0], addition, print_only=print_only)
    added = _added(inputs[0], _fetched(addition, options))
    return _deliver(inputs[0], added, print_only=print_only) if added else 1


def _ask(given: Input, addition: Addition, *, print_only: bool) -> int:
    """Add to *given* what is answered on the terminal, if that is confirmed; the exit code."""
    from awesome_lint.adding.addition import AddError
    from awesome_lint.cli.asking import ask, confirm
    from awesome_lint.cli.configuration import Configurations

    settings = Configurations().settings(given.location)
    try:
        addition = ask(given.source, addition, settings)
    except AddError as error:
        raise click.UsageError(str(error)) from None
    added = _added(given, addition)
    if not added:
        return 1
    return _deliver(given, added, print_only=print_only) if confirm(added, settings) else 0


def _added(given: Input, addition: Addition) -> Added | None:
    """*given* with *addition*; None, with an error message, if it is already in the list; raises `click.UsageError`."""
    from awesome_lint.adding.add import add as add_to
    from awesome_lint.adding.addition import AddError, DuplicateError

    try:
        return add_to(given.source, addition)
    except DuplicateError as error:
        complain(f"{given.source.path}: {error}")
        return None
    except AddError as error:
        raise click.UsageError(str(error)) from None


def _fetched(addition: Addition, options: Mapping[str, Any]) -> Addition:
    """*addition* with what --fetch finds; raises `click.UsageError` where it finds nothing."""
    if not options["fetch"]:
        return addition
    from awesome_lint.cli.fetching import FetchError, filled

    try:
        return filled(addition, options["fetch"], options["endpoints"], allow_private=options["allow_private"])
    except FetchError as error:
        raise click.UsageError(str(error)) from None


def _deliver(given: Input, added: Added, *, print_only: bool) -> int:
    """Print the line or write the file of *given*; the exit code."""
    if print_only or given.file is None:
        write(f"{added.written}\n", None)
        return 0
    from awesome_lint.files.writing import write_atomically

    problems = Problems()
    with problems.caught():
        write_atomically(given.file, added.source.to_bytes(), expected=given.source.to_bytes())
        notify(f"{given.source.path}:{added.line}: added {added.written.strip()}")
    return 2 if problems.found else 0
