"""Older findings in a file, so that only new ones are reported.

Findings are stored by rule and content with a count, never by line: moving rows does not bring them back, and those
that were fixed are reported as stale, so that the file shrinks.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from awesome_lint.baseline.fingerprint import excerpt, fingerprint
from awesome_lint.diagnostic import Diagnostic, FileFindings
from awesome_lint.source import Source

_VERSION = 1
_MOST = 1_000_000
"""How many findings may be alike: more than a file that is read can hold."""
_Key = tuple[str, str, str]


class BaselineError(Exception):
    """A baseline that can't be read, and why, in one line."""


class BaselineEntry(Struct, frozen=True):
    """A finding of the baseline: where and what it is, and how many of it there are."""

    path: str
    rule: str
    about: str
    count: int


class Baseline(Struct, frozen=True):
    """Older findings by path, rule and fingerprint."""

    entries: Mapping[_Key, BaselineEntry] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Sequence[FileFindings], folder: Path) -> Baseline:
        """All findings in *files*, older ones from now on; paths are stored relative to *folder*."""
        counts: Counter[_Key] = Counter()
        about: dict[_Key, str] = {}
        for file in files:
            for each in file.diagnostics:
                key = _key(each, file.source, folder)
                counts[key] += 1
                about.setdefault(key, excerpt(each, file.source))
        return cls({key: BaselineEntry(key[0], key[1], about[key], count) for key, count in counts.items()})

    @classmethod
    def loads(cls, text: str) -> Baseline:
        """Read what `dumps` wrote; raises `BaselineError` where *text* is something else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BaselineError(f"it is not a baseline: {error}") from None
        version = data.get("version") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
            raise BaselineError("it is not a baseline: it is not a JSON object with a list of findings")
        if type(version) is not int or version != _VERSION:
            raise BaselineError(f"it has version {version!r:.40}, but this program reads version {_VERSION}")
        entries: dict[_Key, BaselineEntry] = {}
        for number, item in enumerate(data["findings"], 1):
            path, rule, about, print_ = (_text(item, key, number) for key in ("path", "rule", "about", "fingerprint"))
            entries[path, rule, print_] = BaselineEntry(path, rule, about, _count(item, number))
        return cls(entries)

    def dumps(self) -> str:
        """The baseline as JSON, sorted, so that a change of a finding is a change of its lines."""
        findings = [
            {"path": item.path, "rule": item.rule, "about": item.about, "fingerprint": key[2], "count": item.count}
            for key, item in sorted(self.entries.items())
        ]
        return json.dumps({"version": _VERSION, "findings": findings}, indent=2, ensure_ascii=False) + "\n"

    def split(self, files: Sequence[FileFindings], folder: Path) -> tuple[list[FileFindings], list[BaselineEntry]]:
        """The findings in *files* that are not in the baseline, and what it has of these files that is no longer found.

        *folder* is that of the baseline, to which its paths are relative.
        """
        left = Counter({key: item.count for key, item in self.entries.items()})
        fresh = [FileFindings(file.source, list(_fresh(file, folder, left))) for file in files]
        checked = {_name(file.source.path, folder) for file in files}
        stale = [
            BaselineEntry(item.path, item.rule, item.about, left[key])
            for key, item in sorted(self.entries.items())
            if left[key] > 0 and item.path in checked
        ]
        return fresh, stale


def _text(item: object, key: str, number: int) -> str:
    value = item.get(key) if isinstance(item, dict) else None
    if not isinstance(value, str):
        raise BaselineError(f"it is not a baseline: the {key} of finding {number} is not a text")
    return value


def _count(item: dict[str, object], number: int) -> int:
    value = item.get("count")
    if type(value) is not int or not 0 < value <= _MOST:
        raise BaselineError(
            f"it is not a baseline: the count of finding {number} is not a whole number from 1 to {_MOST:,}"
        )
    return value


def _fresh(file: FileFindings, folder: Path, left: Counter[_Key]) -> Iterator[Diagnostic]:
    """The diagnostics of *file* that are not among those *left* of the baseline, from which the others are taken."""
    for diagnostic in file.diagnostics:
        key = _key(diagnostic, file.source, folder)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield diagnostic


def _key(diagnostic: Diagnostic, source: Source, folder: Path) -> _Key:
    return _name(diagnostic.path, folder), diagnostic.rule, fingerprint(diagnostic, source)


def _name(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")
