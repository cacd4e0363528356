"""Known findings in a file, so that only new ones are reported.

Findings are stored by rule and content with a count, never by line: moving rows does not bring them back, and those
that were mended are reported as stale, so that the file shrinks.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from awesome_lint.baseline.fingerprint import excerpt, fingerprint
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.source import Source

_VERSION = 1
_MOST = 1_000_000
"""How many findings may be alike: more than a file that is read can hold."""
_Key = tuple[str, str, str]


class BaselineError(Exception):
    """A baseline that can't be read, and why, in one line."""


class Known(Struct, frozen=True):
    """A finding of the baseline: where and what it is, and how many of it there are."""

    path: str
    rule: str
    about: str
    count: int


class Baseline(Struct, frozen=True):
    """Known findings by path, rule and fingerprint."""

    known: Mapping[_Key, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], folder: Path) -> Baseline:
        """All of *diagnostics*, known from now on; paths are stored relative to *folder*."""
        counts = Counter(_key(each, sources, folder) for each in diagnostics)
        about = {_key(each, sources, folder): excerpt(each, sources[each.path]) for each in reversed(diagnostics)}
        return cls({key: Known(key[0], key[1], about[key], count) for key, count in counts.items()})

    @classmethod
    def loads(cls, text: str) -> Baseline:
        """Read what `dumps` wrote; raises `BaselineError` where *text* is something else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BaselineError(f"it is no baseline: {error}") from None
        version = data.get("version") if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
            raise BaselineError("it is no baseline: it is no JSON object with a list of findings")
        if type(version) is not int or version != _VERSION:
            raise BaselineError(f"it is of version {version!r:.40}, this program reads version {_VERSION}")
        known: dict[_Key, Known] = {}
        for number, item in enumerate(data["findings"], 1):
            path, rule, about, print_ = (_text(item, key, number) for key in ("path", "rule", "about", "fingerprint"))
            known[path, rule, print_] = Known(path, rule, about, _count(item, number))
        return cls(known)

    def dumps(self) -> str:
        """The baseline as JSON, sorted, so that a change of a finding is a change of its lines."""
        findings = [
            {"path": item.path, "rule": item.rule, "about": item.about, "fingerprint": key[2], "count": item.count}
            for key, item in sorted(self.known.items())
        ]
        return json.dumps({"version": _VERSION, "findings": findings}, indent=2, ensure_ascii=False) + "\n"

    def split(
        self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], folder: Path
    ) -> tuple[list[Diagnostic], list[Known]]:
        """Those of *diagnostics* that are not known, and what is known of *sources* but no longer found.

        *folder* is that of the baseline, to which its paths are relative.
        """
        left = Counter({key: item.count for key, item in self.known.items()})
        fresh = []
        for diagnostic in diagnostics:
            key = _key(diagnostic, sources, folder)
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(diagnostic)
        checked = {_name(path, folder) for path in sources}
        stale = [
            Known(item.path, item.rule, item.about, left[key])
            for key, item in sorted(self.known.items())
            if left[key] > 0 and item.path in checked
        ]
        return fresh, stale


def _text(item: object, key: str, number: int) -> str:
    value = item.get(key) if isinstance(item, dict) else None
    if not isinstance(value, str):
        raise BaselineError(f"it is no baseline: the {key} of finding {number} is no text")
    return value


def _count(item: dict[str, object], number: int) -> int:
    value = item.get("count")
    if type(value) is not int or not 0 < value <= _MOST:
        raise BaselineError(f"it is no baseline: the count of finding {number} is no whole number from 1 to {_MOST:,}")
    return value


def _key(diagnostic: Diagnostic, sources: Mapping[str, Source], folder: Path) -> _Key:
    return _name(diagnostic.path, folder), diagnostic.rule, fingerprint(diagnostic, sources[diagnostic.path])


def _name(path: str, folder: Path) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")
