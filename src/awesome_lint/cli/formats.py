"""The formats of reports, and how the command line names them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

FOR_PEOPLE = ("text", "concise")
FORMATS = (*FOR_PEOPLE, "json", "github", "sarif", "gitlab", "junit", "rdjson", "markdown", "comment")


class Report(NamedTuple):
    """A report: its format, and the file that takes it (None: standard output).

    A tuple, so that reading the options of a command loads no library for plain data.
    """

    format: str
    output: Path | None = None


def parse_reports(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Report, ...]:
    """Read ``FORMAT`` and ``FORMAT=FILE``; two reports to one place would spoil each other."""
    from awesome_lint.text.nearest import nearest

    reports = []
    for value in values:
        name, _equals, file = value.partition("=")
        if name not in FORMATS:
            guess = nearest(name, FORMATS)
            hint = f"; did you mean {guess!r}?" if guess else f"; there are {', '.join(FORMATS)}"
            raise click.BadParameter(f"no report format {name!r}{hint}")
        reports.append(Report(name, Path(file) if file else None))
    if len({report.output for report in reports}) < len(reports):
        raise click.BadParameter("only one report can go to standard output; use FORMAT=FILE for the others")
    return tuple(reports)
