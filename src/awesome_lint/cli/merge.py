"""``awesome-lint merge``: a merge driver for git."""

from __future__ import annotations

from pathlib import Path

import click

from awesome_lint.cli.console import notify


@click.command(short_help="Merge two versions of a list, entry by entry; a merge driver for git.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[BASE OURS THEIRS]")
@click.option(
    "--marker-size",
    type=click.IntRange(1, 100),
    default=7,
    show_default=True,
    metavar="N",
    help="Length of a conflict marker.",
)
@click.option("--install", is_flag=True, help="Let git merge the README files of this repository in this way.")
def merge(files: tuple[Path, ...], marker_size: int, *, install: bool) -> int:
    """Merge OURS and THEIRS, two versions of a list that have come from BASE, and write the result into OURS.

    Rows and bullets are merged as sets within their table or list: what either side has added stays, what one side has
    deleted and the other has not touched goes, and only a row that both have changed differently becomes a conflict.
    All other lines are merged as git does.  The exit code is 1 if there are conflicts.

    With --install, git calls this command for README files whenever it merges, rebases or cherry-picks.
    """
    if install:
        return _install(files)
    if len(files) != 3:
        raise click.UsageError("name three files: BASE OURS THEIRS")
    from awesome_lint.merging.files import merge_files
    from awesome_lint.merging.git import MergeError

    try:
        conflicts = merge_files(*files, marker_size=marker_size)
    except MergeError as error:
        raise click.UsageError(str(error)) from None
    if conflicts:
        notify(f"{conflicts} {'conflict' if conflicts == 1 else 'conflicts'} to resolve")
    return int(bool(conflicts))


def _install(files: tuple[Path, ...]) -> int:
    if files:
        raise click.UsageError("--install takes no files; it writes .gitattributes and the repository's configuration")
    from awesome_lint.merging.git import MergeError
    from awesome_lint.merging.installing import install

    try:
        for line in install(Path()):
            notify(line)
    except MergeError as error:
        raise click.UsageError(str(error)) from None
    return 0
