"""``awesome-lint links``: every URL of a list, with its status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.console import Problems, write
from awesome_lint.cli.online import LinkOptions, check_links, exit_code, link_options, urls_in

if TYPE_CHECKING:
    from awesome_lint.link_status import LinkStatus
    from awesome_lint.markdown import Document
    from awesome_lint.source import Position

_COLUMNS = ("path", "line", "column", "url", "verdict", "reason", "http_status", "final", "hops", "seconds")


class _Listed(Struct, frozen=True):
    """A link, where it stands, and its status."""

    path: str
    start: Position
    text: str
    status: LinkStatus


@click.command(short_help="List every link with its status.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "list_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="One line per link, or data for other programs.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress and no notes.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
@link_options
def links(**options: Any) -> int:
    """Check the links in PATHS and list all of them: place, verdict, reason, redirects and time.

    PATHS are files, folders or - for standard input; by default this folder's README.  "awesome-lint --links"
    reports what is wrong; this command only lists, and exits with 0 whatever it finds, or with 3 where nothing could be
    verified.
    """
    from awesome_lint.api import parse
    from awesome_lint.cli.inputs import read_inputs

    problems, configurations, check_options = Problems(), Configurations(), LinkOptions.taken_from(options)
    documents, choices = [], []
    for each in read_inputs(options["paths"], options["stdin_filename"], problems):
        choice = configurations.link_choice(each.location)
        with problems.caught():
            documents.append(parse(each.source))
            choices.append(choice)
    found = check_links([urls_in(each) for each in documents], choices, check_options, quiet=options["quiet"])
    pairs = zip(documents, found.statuses, strict=True)
    listed = [entry for document, statuses in pairs for entry in _listed(document, statuses)]
    write(_FORMATS[options["list_format"]](listed), options["output"])
    return 2 if problems.found else exit_code(0, found.report)


def _listed(document: Document, statuses: Mapping[str, LinkStatus]) -> Iterator[_Listed]:
    source = document.source
    for link in document.links:
        if status := statuses.get(link.url):
            yield _Listed(source.path, source.position(link.span.start), link.text, status)


def _render_text(listed: Sequence[_Listed]) -> str:
    from awesome_lint.report.inert import inert

    lines = []
    for entry in listed:
        status = entry.status
        target = f" -> {status.final}" if status.hops else ""
        place = f"{entry.path}:{entry.start.line}:{entry.start.column}"
        lines.append(inert(f"{place}: {status.verdict} {status.url}{target}: {status.explanation}") + "\n")
    return "".join(lines)


def _render_json(listed: Sequence[_Listed]) -> str:
    return json.dumps([_as_dict(entry) for entry in listed], indent=2) + "\n"


def _as_dict(entry: _Listed) -> dict[str, Any]:
    status = entry.status
    return {
        "path": entry.path,
        "line": entry.start.line,
        "column": entry.start.column,
        "text": entry.text,
        "url": status.url,
        "verdict": status.verdict,
        "reason": status.reason,
        "explanation": status.explanation,
        "http_status": status.status,
        "final": status.final,
        "hops": [{"status": hop.status, "url": hop.url} for hop in status.hops],
        "advisories": list(status.advisories),
        "replacement": status.replacement and {"url": status.replacement.url, "safe": status.replacement.safe},
        "snapshot": status.snapshot or None,
        "bad_runs": status.bad_runs,
        "bad_days": status.bad_days,
        "cached": status.cached,
        "checked_at": _time(status.checked_at),
        "method": status.method or None,
        "attempts": status.attempts,
        "seconds": round(status.seconds, 3),
    }


def _time(moment: float) -> str | None:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds") if moment else None


def _render_csv(listed: Sequence[_Listed]) -> str:
    from awesome_lint.report.inert import inert

    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for row in map(_as_dict, listed):
        row["hops"] = " ".join(f"{hop['status']} {hop['url']}" for hop in row["hops"])
        table.writerow(["" if row[name] is None else inert(str(row[name])) for name in _COLUMNS])
    return text.getvalue()


_FORMATS = {"text": _render_text, "json": _render_json, "csv": _render_csv}
