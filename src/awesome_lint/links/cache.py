"""What earlier runs found out, in one JSON file: verdicts for a while, and for how long a fault has lasted.

The file may come from a stranger (a pull request, a shared folder), so everything read from it is checked, and
what does not fit is dropped.  It is replaced as a whole, by renaming: a run that is killed leaves the last whole
file, and of two runs that write at once the later adds to what the earlier wrote.
"""

from __future__ import annotations

import json
import os
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from math import isfinite
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.link_status import TRANSIENT, Advisory, Hop, LinkStatus, Reason, Verdict
from awesome_lint.links.requestable import printable

_SCHEMA = 1
_BYTES = 32 << 20
"""A larger file is neither read nor written."""
_RECORDS = 50_000
"""More than any few lists have; what is read is kept in memory, so that bytes alone are no limit."""
_HEAD, _TAIL = '{"links": {\n', f'\n}}, "schema": {_SCHEMA}}}\n'
_TEXT = 8192
_DAY = 86400.0
_FORGET = 90 * _DAY
"""Records older than this are dropped when the file is written."""

_KEEPS = {
    Verdict.OK: 7 * _DAY,
    Verdict.BLOCKED: 7 * _DAY,
    Verdict.MOVED_PERMANENTLY: 3 * _DAY,
    Verdict.MOVED_TEMPORARILY: 3 * _DAY,
    Verdict.ARCHIVED: _DAY,
}
"""How long a verdict answers for the web.  Others are requested in every run: what was dead may be back."""

_SILENT = frozenset({Verdict.UNCHECKED, Verdict.RATE_LIMITED, Verdict.UNKNOWN, Verdict.SKIPPED})
"""Verdicts that neither continue nor end a streak of faults."""


def default_path() -> Path:
    """Where the cache lies unless the user names another place."""
    from platformdirs import user_cache_path

    return user_cache_path("awesome-lint", appauthor=False) / "links.json"


class Record(Struct, frozen=True):
    """One URL as the file holds it; ``policy`` names the settings under which ``status`` was found."""

    status: LinkStatus
    policy: str


class Cache(Struct):
    """The records of a file, and those of this run.  ``path`` None keeps nothing."""

    path: Path | None
    policy: str
    records: dict[str, Record] = field(default_factory=dict)
    _written: tuple[int, int, int] | None = None

    @classmethod
    def load(cls, path: Path | None, policy: str) -> Cache:
        """Read *path*; a file that is missing, damaged, too large or of another version counts as empty."""
        return cls(path, policy, _read(path) if path else {})

    def fresh(self, url: str, now: float) -> LinkStatus | None:
        """What is still known about *url*, None where it is to be requested."""
        record = self.records.get(url)
        if record is None or record.policy != self.policy:
            return None
        age = now - record.status.checked_at
        keeps = _KEEPS.get(record.status.verdict, 0.0) * _spread(url)
        return replace(record.status, cached=True) if 0 <= age < keeps else None

    @staticmethod
    def keeps(verdict: Verdict) -> bool:
        """Whether *verdict* answers for the web in later runs."""
        return verdict in _KEEPS

    def good_urls(self) -> Iterator[str]:
        """URLs that were good when they were last requested, the latest first."""
        latest_first = sorted(self.records.items(), key=lambda item: (-item[1].status.checked_at, item[0]))
        yield from (url for url, record in latest_first if record.status.verdict is Verdict.OK)

    def put(self, status: LinkStatus) -> LinkStatus:
        """Keep a *status* of this run; gives it back with the streak of faults that it continues."""
        if status.verdict in _SILENT or not status.was_answered:
            return status
        old = self.records.get(status.url)
        if status.verdict in TRANSIENT:
            status = _continued(status, old.status if old else None)
        self.records[status.url] = Record(status, self.policy)
        return status

    def save(self, now: float) -> None:
        """Write the file; what another run wrote meanwhile is kept where it is newer.  Raises `OSError`."""
        if self.path is None:
            return
        self.records = _kept(self.records, now)
        if self._written != _identity(self.path):
            self._merge(_kept(_read(self.path), now))
        lines = ",\n".join(sorted(self._lines()))
        _replace(self.path, f"{_HEAD}{lines}{_TAIL}")
        self._written = _identity(self.path)

    def _lines(self) -> Iterator[str]:
        """The latest records, each on a line, as many as fit into a file that is still read."""
        latest_first = sorted(self.records.items(), key=lambda item: -item[1].status.checked_at)
        room = _BYTES - len(_HEAD) - len(_TAIL)
        for url, record in latest_first[:_RECORDS]:
            line = f"{json.dumps(url)}: {json.dumps(_dump(record), sort_keys=True)}"
            room -= len(line) + len(",\n")
            if room < 0:
                return
            yield line

    def _merge(self, others: dict[str, Record]) -> None:
        for url, other in others.items():
            ours = self.records.get(url)
            if ours is None or ours.status.checked_at < other.status.checked_at:
                self.records[url] = other


def _kept(records: dict[str, Record], now: float) -> dict[str, Record]:
    """Those of *records* that are not too old, nor of a time to come: these would outlast all that is found out."""
    return {url: record for url, record in records.items() if -_DAY < now - record.status.checked_at < _FORGET}


def _continued(status: LinkStatus, old: LinkStatus | None) -> LinkStatus:
    """*status* as the latest of the faults that *old* is one of; several on one day of UTC count once."""
    first, runs, before = status.checked_at, 0, -1.0
    if old and old.first_bad_at:
        first, runs, before = old.first_bad_at, old.bad_runs, old.checked_at // _DAY
    days = int(max(0.0, status.checked_at - first) // _DAY)
    return replace(status, first_bad_at=first, bad_runs=runs + (status.checked_at // _DAY != before), bad_days=days)


def _spread(url: str) -> float:
    """Between 0.8 and 1.2, the same for a URL in every run: not everything grows stale on one day."""
    return 0.8 + 0.4 * (zlib.crc32(url.encode()) / 2**32)


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _read(path: Path) -> dict[str, Record]:
    try:
        found = path.stat()
        # A link to a device in a checkout would be read for ever.
        if not stat.S_ISREG(found.st_mode) or found.st_size > _BYTES:
            return {}
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("schema") != _SCHEMA or not isinstance(data.get("links"), dict):
        return {}
    records = ((url, _load(url, item)) for url, item in data["links"].items())
    return {url: record for url, record in records if record}


def _identity(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from another."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _dump(record: Record) -> dict[str, Any]:
    status = record.status
    return {
        "verdict": status.verdict,
        "reason": status.reason,
        "status": status.status,
        "hops": [[hop.status, hop.url] for hop in status.hops],
        "advisories": list(status.advisories),
        "snapshot": status.snapshot,
        "checked_at": status.checked_at,
        "first_bad_at": status.first_bad_at,
        "bad_runs": status.bad_runs,
        "policy": record.policy,
    }


def _load(url: str, item: object) -> Record | None:
    """The record that *item* holds, None where anything in it is not as it should be."""
    try:
        return _parse(url, item)
    except (TypeError, ValueError, KeyError):
        return None


def _parse(url: str, item: Any) -> Record:
    hops = tuple(Hop(_whole(status, 999), _text(target)) for status, target in item["hops"])
    if len(hops) > 32 or len(item["advisories"]) > len(Advisory):
        raise ValueError("more than there can be")
    status = LinkStatus(
        _text(url),
        Verdict(item["verdict"]),
        Reason(item["reason"]),
        None if item["status"] is None else _whole(item["status"], 999),
        hops,
        tuple(Advisory(name) for name in item["advisories"]),
        snapshot=_text(item["snapshot"]),
        bad_runs=_whole(item["bad_runs"], 10**6),
        checked_at=_moment(item["checked_at"]),
        first_bad_at=_moment(item["first_bad_at"]),
    )
    days = int(max(0.0, status.checked_at - status.first_bad_at) // _DAY) if status.first_bad_at else 0
    return Record(replace(status, bad_days=days), _text(item["policy"]))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _TEXT:
        raise TypeError("not a short text")
    return printable(value)


def _whole(value: object, largest: int) -> int:
    if type(value) is not int or not 0 <= value <= largest:
        raise TypeError("not a number in range")
    return value


def _moment(value: object) -> float:
    if type(value) not in (int, float) or not isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
        raise TypeError("not a time")
    return float(value)  # type: ignore[arg-type]
