"""The links of lists with their statuses, and as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from awesome_lint.link_status import LinkStatus
from awesome_lint.markdown import Document
from awesome_lint.report.inert import inert
from awesome_lint.source import Position

_COLUMNS = ("path", "line", "column", "url", "verdict", "reason", "http_status", "final", "hops", "seconds")


class ListedLink(Struct, frozen=True):
    """A link, where it is, and its status; ``section`` are the headings above it, the outermost first."""

    path: str
    start: Position
    text: str
    section: tuple[str, ...]
    status: LinkStatus

    @property
    def place(self) -> str:
        """Where it stands, as editors and terminals read it."""
        return f"{self.path}:{self.start.line}:{self.start.column}"


def list_links(document: Document, statuses: Mapping[str, LinkStatus]) -> Iterator[ListedLink]:
    """The links of *document* that *statuses* knows, in its order."""
    source = document.source
    for link in document.links:
        if status := statuses.get(link.url):
            section = tuple(heading.text for heading in document.section_at(link.span.start))
            yield ListedLink(source.path, source.position(link.span.start), link.text, section, status)


def render_json(listed: Sequence[ListedLink]) -> str:
    """An array of all links."""
    return json.dumps([_as_dict(entry) for entry in listed], indent=2) + "\n"


def _as_dict(entry: ListedLink) -> dict[str, Any]:
    status = entry.status
    return {
        "path": entry.path,
        "line": entry.start.line,
        "column": entry.start.column,
        "text": entry.text,
        "section": list(entry.section),
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


def render_csv(listed: Sequence[ListedLink]) -> str:
    """A table of all links."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for row in map(_as_dict, listed):
        row["hops"] = " ".join(f"{hop['status']} {hop['url']}" for hop in row["hops"])
        table.writerow(["" if row[name] is None else inert(str(row[name])) for name in _COLUMNS])
    return text.getvalue()
