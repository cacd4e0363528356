"""``awesome-lint links``: every URL of a list, with what the web says about it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.console import write
from awesome_lint.cli.online import LinkOptions, link_options, urls_in

if TYPE_CHECKING:
    from awesome_lint.link_status import LinkReport, LinkStatus
    from awesome_lint.markdown import Document
    from awesome_lint.source import Position

_COLUMNS = ("path", "line", "column", "url", "verdict", "reason", "http_status", "final", "hops", "seconds")


class _Listed(Struct, frozen=True):
    """A link, where it stands, and what the web says."""

    path: str
    start: Position
    text: str
    status: LinkStatus


@click.command(short_help="List every link with what the web says about it.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "list_format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="A line a link, or data for other programs.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing about how the check goes.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
@link_options
def links(**options: Any) -> int:
    """Check the links in PATHS and list all of them: place, verdict, reason, redirects and time.

    PATHS are files, folders or - for standard input; by default this folder's README.  What is wrong with a list is
    what "awesome-lint --links" says; this command only lists, and exits with 0 whatever it finds, with 3 where nothing
    could be verified.
    """
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.linter.engine import read
    from awesome_lint.linter.result import InternalError

    check, configurations = LinkOptions.taken_from(options), Configurations()
    inputs = Inputs(options["paths"], options["stdin_filename"])
    documents = []
    for source in inputs:
        file = Path(source.path) if source.path != "<stdin>" else None
        check = check.narrowed(configurations.link_choice(file))
        try:
            documents.append(read(source))
        except InternalError as error:
            inputs.fail_internally(error)
    urls = {url for document in documents for url in urls_in(document)}
    report = check.check(urls, quiet=options["quiet"])
    listed = [entry for document in documents for entry in _listed(document, report)]
    write(_FORMATS[options["list_format"]](listed), options["output"])
    if inputs.failed:
        return 2
    if report.interrupted:
        return 130
    return 0 if report.verified else 3


def _listed(document: Document, report: LinkReport) -> Iterator[_Listed]:
    source = document.source
    for link in document.links:
        if status := report.statuses.get(link.url):
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
