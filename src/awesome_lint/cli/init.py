"""``awesome-lint init``: a configuration to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.console import Problems, notify, write
from awesome_lint.cli.options import output_option

if TYPE_CHECKING:
    from awesome_lint.cli.inputs import Input

_HEAD = """\
# The conventions of {name}, found by `awesome-lint init`; its exceptions are warnings.
# Change it to what the list should be, and check the list with `awesome-lint`. The documentation lists all keys.
"""


@click.command(short_help="Write a configuration that describes the list as it is.")
@click.argument("path", required=False)
@output_option
@click.option("--stdout", "to_stdout", is_flag=True, help="Write to standard output.")
@click.option("--force", is_flag=True, help="Overwrite an existing configuration.")
def init(path: str | None, output: Path | None, *, to_stdout: bool, force: bool) -> int:
    """Write the conventions that the list PATH follows; PATH is this folder's README by default.

    They go to .awesome-lint.toml next to it; with - for standard input, to standard output.
    """
    from awesome_lint.cli.inputs import names_one_file, read_inputs
    from awesome_lint.config.finding import FILE_NAME

    paths, problems = (path,) if path else (), Problems()
    if not names_one_file(paths):
        raise click.UsageError("a configuration is inferred from a single file; name it")
    for each in read_inputs(paths, None, problems):
        beside = each.file.parent / FILE_NAME if each.file else None
        target = None if to_stdout else output or beside
        if target and target.exists() and not force:
            raise click.ClickException(f"{target}: already exists; --force overwrites it, --stdout shows the new one")
        with problems.caught():
            text = _describe(each)
            if not text:
                notify(f"{each.source.path}: no conventions found, so there is nothing to write")
                continue
            write(text, target)
            if target:
                notify(f"{target}: written; now run: awesome-lint {each.source.path}")
    return 2 if problems.found else 0


def _describe(each: Input) -> str:
    """The text of a configuration for *each*; empty where the defaults say it all."""
    from awesome_lint.api import parse
    from awesome_lint.config.model import Configuration
    from awesome_lint.config.writing import to_toml, write_comment
    from awesome_lint.inference import infer
    from awesome_lint.linter.engine import guarded

    document = parse(each.source)
    with guarded(f"inferring the conventions of {each.source.path}"):
        inferred = infer(document)
    if inferred.configuration == Configuration():
        return ""
    name = write_comment(each.file.name) if each.file else "the list"
    head = _HEAD.format(name=name)
    return f"{head}\n{to_toml(inferred.configuration, inferred.remarks)}"
