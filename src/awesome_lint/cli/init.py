"""``awesome-lint init``: a configuration to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from awesome_lint.cli.console import notify, write

if TYPE_CHECKING:
    from awesome_lint.source import Source

_HEAD = """\
# The conventions that {name} follows already, found by `awesome-lint init`; a few exceptions are taken for slips.
# Change this to what the list should be, and check it with `awesome-lint`. All keys: see the documentation.
"""


@click.command(short_help="Write a configuration that describes a list as it is.")
@click.argument("path", required=False)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--stdout", "to_stdout", is_flag=True, help="Write to standard output.")
@click.option("--force", is_flag=True, help="Overwrite the configuration that is there.")
def init(path: str | None, output: Path | None, *, to_stdout: bool, force: bool) -> int:
    """Study the list PATH, by default this folder's README, and write the conventions that it follows.

    They go to .awesome-lint.toml beside it; with - for standard input, to standard output.
    """
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.linter.result import InternalError

    inputs = Inputs((path,) if path else ())
    if not inputs.is_one_file:
        raise click.UsageError("a configuration is made from one file; name it")
    for source in inputs:
        target = None if to_stdout else output or _beside(source)
        if target and target.exists() and not force:
            raise click.ClickException(f"{target}: is there already; --force overwrites it, --stdout shows the new one")
        try:
            write(_describe(source), target)
        except InternalError as error:
            inputs.fail_internally(error)
        else:
            if target:
                notify(f"{target}: written; now run: awesome-lint {source.path}")
    return 2 if inputs.failed else 0


def _beside(source: Source) -> Path | None:
    """The name of the configuration for *source*; None for standard input."""
    from awesome_lint.config.finding import FILE_NAME

    return None if source.path == "<stdin>" else Path(source.path).parent / FILE_NAME


def _describe(source: Source) -> str:
    """The text of a configuration for *source*."""
    from awesome_lint.config.writing import to_toml, write_comment
    from awesome_lint.inference import infer
    from awesome_lint.linter.engine import guarded, read

    document = read(source)
    with guarded(f"the study of {source.path}"):
        inferred = infer(document)
    name = "the list" if source.path == "<stdin>" else write_comment(Path(source.path).name)
    head = _HEAD.format(name=name)
    return f"{head}\n{to_toml(inferred.configuration, inferred.remarks)}"
