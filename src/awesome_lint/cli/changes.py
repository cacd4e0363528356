"""``awesome-lint changes``: which entries of a list have changed since a commit."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.console import Problems, complain, terminal_width, wants_color, write
from awesome_lint.cli.options import color_option, output_option

if TYPE_CHECKING:
    from awesome_lint.changes.atom import Commit
    from awesome_lint.changes.comparing import Comparison
    from awesome_lint.changes.history import Range
    from awesome_lint.report.style import Style


@click.command(short_help="List entries added, moved or changed since a commit.")
@click.argument("commits", metavar="[REF[..REF]]", default="HEAD")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "data_format",
    type=click.Choice(["text", "markdown", "json", "atom"]),
    default="text",
    show_default=True,
    help="markdown makes release notes, atom a feed of the changes by commit.",
)
@click.option(
    "--max-added", type=click.IntRange(min=0), metavar="N", help="Exit with 1 if more than N entries are added."
)
@click.option(
    "--only-files",
    multiple=True,
    metavar="GLOB",
    help="Exit with 1 if any other file has changed; may be repeated.",
)
@click.option("--feed-url", default="", metavar="URL", help="Where the Atom feed will be published.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=50,
    show_default=True,
    metavar="N",
    help="The maximum number of entries in the Atom feed.",
)
@color_option
@output_option
def changes(commits: str, paths: tuple[str, ...], data_format: str, output: Path | None, **options: Any) -> int:
    """List the entries of PATHS, by default this folder's README, that have changed since a commit.

    With one REF, this compares the working tree with the commit at which the branch left REF; the default, HEAD, lists
    uncommitted changes.  A..B compares two commits, A...B compares B with the commit at which it left A.  Entries are
    matched by name, address and section; reformatting or reordering a row is not a change.
    """
    from awesome_lint.changes.history import read_range
    from awesome_lint.cli.inputs import STDIN, names_one_file, read_inputs
    from awesome_lint.git.running import GitError
    from awesome_lint.report.style import Style

    if STDIN in paths:
        raise click.UsageError("standard input has no history; name a file")
    problems = Problems()
    files = [(each.source, each.file) for each in read_inputs(paths, None, problems) if each.file]
    if not files:
        return 2
    try:
        span = read_range(commits, files[0][1].resolve().parent)
        is_feed = data_format == "atom"
        needs_all = not is_feed or options["max_added"] is not None
        found = [span.compare(source, path) for source, path in files] if needs_all else []
        if is_feed:
            made = (commit for source, path in files for commit in span.commits(source, path))
            text = _feed(made, options["feed_url"], options["limit"])
        else:
            color = wants_color(None if output else sys.stdout, options["color"])
            text = _render(found, data_format, Style(terminal_width(), color), as_list=not names_one_file(paths))
        faults = [*_too_many(found, options["max_added"]), *_others(span, options["only_files"])]
    except GitError as error:
        hint = "; name the commit first: awesome-lint changes HEAD FILE" if Path(commits).exists() else ""
        raise click.UsageError(f"{error}{hint}") from None
    write(text, output)
    for fault in faults:
        complain(fault)
    return 2 if problems.found else int(bool(faults))


def _render(found: Sequence[Comparison], data_format: str, style: Style, *, as_list: bool) -> str:
    if data_format == "json":
        from awesome_lint.changes.json import render_json

        return render_json(found, as_list=as_list)
    if data_format == "markdown":
        from awesome_lint.changes.markdown import render_markdown

        return render_markdown(found)
    from awesome_lint.changes.text import render_text

    return render_text(found, style)


def _feed(commits: Iterable[Commit], url: str, limit: int) -> str:
    from datetime import UTC, datetime

    from awesome_lint.changes.atom import render_atom

    latest_first = sorted(commits, key=lambda commit: datetime.fromisoformat(commit.date), reverse=True)
    return render_atom(latest_first, feed_url=url, now=datetime.now(UTC).isoformat(timespec="seconds"), limit=limit)


def _too_many(found: Iterable[Comparison], limit: int | None) -> Iterator[str]:
    """What is wrong if more than *limit* entries are added."""
    from awesome_lint.changes.comparing import Kind

    added = sum(comparison.count(Kind.ADDED) for comparison in found)
    if limit is not None and added > limit:
        entries = "1 entry is" if added == 1 else f"{added} entries are"
        yield f"{entries} added, but --max-added allows {limit}"


def _others(span: Range, globs: Sequence[str]) -> Iterator[str]:
    """What is wrong if files have changed that match none of *globs*."""
    from awesome_lint.text.patterns import glob_matches

    if globs:
        for name in span.files():
            if not any(glob_matches(glob, name) for glob in globs):
                yield f"{name} has changed, but --only-files allows {', '.join(globs)}"
