"""Results of earlier runs: a file that has not changed need not be parsed again.

A result is kept under a digest of all that it depends on: the text, the settings, the program's own files, the versions
of Python and of the libraries that rules use.  The paths that a rule looked up are kept with it and looked up again.
Whatever cannot be read counts as absent, so the folder may be deleted at any time, and two processes may share it:
entries are written whole or not at all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from platformdirs import user_cache_path

from awesome_lint import __version__
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.linter.result import LintResult
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source

if TYPE_CHECKING:
    from awesome_lint.linter.settings import Settings

_LIBRARIES = ("publicsuffixlist", "rapidfuzz", "re2", "wcwidth")
"""The modules of other projects on which a finding depends."""
_KINDS = (".dist-info", ".egg-info")
_MOST_ENTRIES = 1_000
_KEPT_ENTRIES = 800

Exists = Callable[[str], bool]


class _Entry(Struct):
    """What a file of the cache holds: the paths that were looked up, the indices of the allowances that were needed.

    ``idle`` is that of `LintResult`.
    """

    lookups: dict[str, bool]
    needed: list[int]
    diagnostics: list[Diagnostic]
    idle: list[tuple[str | int, ...]] = []


def default_folder() -> Path:
    """Where results are kept: in the user's folder for caches."""
    return user_cache_path("awesome-lint", appauthor=False) / "results"


class ResultCache:
    """The results in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def holds(self, source: Source, settings: Settings, *, knows_files: bool) -> bool:
        """Whether there is a result; it may turn out to be true no more."""
        return self._file(source, settings, knows_files=knows_files).exists()

    def lint(self, source: Source, settings: Settings, exists: Exists | None) -> LintResult:
        """As `engine.lint`, from an earlier run where there is one; raises what that raises.

        *exists* is that of `Facts`; the result of a link check is no such fact, as it does not stay true.
        """
        file = self._file(source, settings, knows_files=exists is not None)
        known = _read(file, source, settings, exists)
        if known:
            return known
        lookups: dict[str, bool] = {}

        def noted(path: str) -> bool:
            if path not in lookups:
                lookups[path] = exists is not None and exists(path)
            return lookups[path]

        from awesome_lint.linter import engine  # the rules are only needed for what is not known

        result = engine.lint(engine.read(source), settings, Facts(noted if exists else None))
        needed = [index for index, each in enumerate(settings.allowances) if each in result.needed]
        self._write(file, _Entry(lookups, needed, result.diagnostics, sorted(result.idle, key=str)))
        return result

    def _file(self, source: Source, settings: Settings, *, knows_files: bool) -> Path:
        return self._folder / f"{_digest(source, settings, knows_files)}.json"

    def _write(self, file: Path, entry: _Entry) -> None:
        # A cache that cannot be written only costs time; a path that is no text cannot be written as JSON.
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            from tempfile import NamedTemporaryFile

            with NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as new:
                new.write(msgspec.json.encode(entry))
            Path(new.name).replace(file)
            self._prune()
        except (OSError, ValueError):
            return

    def _prune(self) -> None:
        """Delete the entries that were not used for longest, where there are too many."""
        with os.scandir(self._folder) as listing:
            entries = list(listing)
        if len(entries) <= _MOST_ENTRIES:
            return
        entries.sort(key=lambda entry: entry.stat().st_mtime)
        for entry in entries[:-_KEPT_ENTRIES]:
            Path(entry.path).unlink(missing_ok=True)


def _read(file: Path, source: Source, settings: Settings, exists: Exists | None) -> LintResult | None:
    """The result in *file*, where it is still true and can be one of *source*."""
    try:
        entry = msgspec.json.decode(file.read_bytes(), type=_Entry)
        if any((exists is not None and exists(name)) != there for name, there in entry.lookups.items()):
            return None
        os.utime(file)
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        return None
    indices, allowances = range(len(settings.allowances)), settings.allowances
    if not all(index in indices for index in entry.needed):
        return None
    if not all(_is_within(diagnostic, source) for diagnostic in entry.diagnostics):
        return None
    diagnostics = [replace(diagnostic, path=source.path) for diagnostic in entry.diagnostics]
    return LintResult(diagnostics, frozenset(allowances[index] for index in entry.needed), frozenset(entry.idle))


def _is_within(diagnostic: Diagnostic, source: Source) -> bool:
    """Whether all offsets and positions of *diagnostic* can be places in *source*: anyone may write into a cache."""
    length, lines = len(source.text), len(source.line_starts)
    spans = [diagnostic.span, *(edit.span for edit in (diagnostic.fix.edits if diagnostic.fix else ()))]
    positions = [diagnostic.start, diagnostic.end, *(related.start for related in diagnostic.related)]
    return all(0 <= start <= length and 0 <= end <= length for start, end in spans) and all(
        0 <= line <= lines and 0 <= column <= length + 1 for line, column in positions
    )


def _digest(source: Source, settings: Settings, knows_files: bool) -> str:
    described = msgspec.json.encode([_program(), knows_files, _plain(settings)], order="sorted")
    return sha256(described + b"\0" + source.to_bytes()).hexdigest()


@cache
def _program() -> list[Any]:
    """What the program is made of; another program, another result.  Taken once per run, as it looks at many files."""
    folders = sorted({Path(spec.origin).parent.parent for spec in map(find_spec, _LIBRARIES) if spec and spec.origin})
    versions = [name for folder in folders for name in distributions(folder)]
    return [__version__, sys.version, versions, sorted(_stamps(Path(__file__).parent.parent))]


def distributions(folder: Path) -> list[str]:
    """The names, with versions, of what is installed in *folder*: ``wcwidth-0.2.13``."""
    with os.scandir(folder) as listing:
        paths = [Path(entry.name) for entry in listing if entry.name.endswith(_KINDS)]
    return sorted(path.stem for path in paths)


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as listing:
        for entry in listing:
            if entry.is_dir() and entry.name != "__pycache__":
                yield from _stamps(Path(entry.path))
            elif entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


def _plain(value: Any) -> Any:
    """*value* as JSON data, the same for equal settings."""
    if isinstance(value, Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__} | {"": type(value).__name__}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
