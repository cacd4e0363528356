"""``awesome-lint merge``: a merge driver for git."""

from __future__ import annotations

from pathlib import Path

import click

from awesome_lint.cli.console import notify


@click.command(short_help="Merge two versions of a list entry by entry (a git merge driver).")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[BASE OURS THEIRS]")
@click.option(
    "--marker-size",
    type=click.IntRange(1, 100),
    default=7,
    show_default=True,
    metavar="N",
    help="Length of a conflict marker.",
)
@click.option(
    "--install", is_flag=True, help="Set up git to merge the README files of this repository with this command."
)
def merge(files: tuple[Path, ...], marker_size: int, *, install: bool) -> int:
    """Merge OURS and THEIRS, two versions of a list that both derive from BASE, and write the result to OURS.

    Rows and bullets are merged one by one within their table or list: additions of both sides are kept, deletions are
    applied unless the other side has changed the entry, and there is a conflict only for an entry that both sides have
    changed.  All other lines are merged as git does.  The exit code is 1 if there are conflicts.

    With --install, git uses this command for README files whenever it merges, rebases or cherry-picks.
    """
    if install:
        return _install(files)
    if len(files) != 3:
        raise click.UsageError("name three files: BASE OURS THEIRS")
    from awesome_lint.files.reading import UnusableFileError
    from awesome_lint.git.running import GitError
    from awesome_lint.merging.files import merge_files

    try:
        conflicts = merge_files(*files, marker_size=marker_size)
    except (GitError, UnusableFileError) as error:
        raise click.UsageError(str(error)) from None
    if conflicts:
        notify("1 conflict to resolve" if conflicts == 1 else f"{conflicts} conflicts to resolve")
    return int(bool(conflicts))


def _install(files: tuple[Path, ...]) -> int:
    if files:
        raise click.UsageError("--install takes no file names")
    from awesome_lint.files.reading import UnusableFileError
    from awesome_lint.git.running import GitError
    from awesome_lint.merging.installing import install

    try:
        for line in install(Path()):
            notify(line)
    except (GitError, UnusableFileError) as error:
        raise click.UsageError(str(error)) from None
    return 0
