"""Results of earlier runs: a file that has not changed need not be parsed again.

A result is kept under a digest of all that it depends on: the text, the settings, the program's own files.  What a
rule asked of the file system is kept with it and asked again.  Whatever cannot be read counts as absent, so the folder
may be deleted at any time, and two processes may share it: entries are written whole or not at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from awesome_lint import __version__
from awesome_lint.diagnostic import Applicability, Diagnostic, Edit, Fix, RelatedPlace, Severity
from awesome_lint.linter.result import LintResult
from awesome_lint.rule import Facts
from awesome_lint.source import Position, Source, Span

if TYPE_CHECKING:
    from awesome_lint.linter.settings import Settings

_MOST_ENTRIES = 1_000
_KEPT_ENTRIES = 800

Exists = Callable[[str], bool]


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
        asked: dict[str, bool] = {}

        def noted(path: str) -> bool:
            if path not in asked:
                asked[path] = exists is not None and exists(path)
            return asked[path]

        from awesome_lint.linter import engine  # the rules are only needed for what is not known

        result = engine.lint(engine.read(source), settings, Facts(noted if exists else None))
        needed = [index for index, each in enumerate(settings.allowances) if each in result.needed]
        self._write(file, result.diagnostics, needed, asked)
        return result

    def _file(self, source: Source, settings: Settings, *, knows_files: bool) -> Path:
        return self._folder / f"{_digest(source, settings, knows_files)}.json"

    def _write(
        self, file: Path, diagnostics: Sequence[Diagnostic], needed: Sequence[int], asked: Mapping[str, bool]
    ) -> None:
        data = {"asked": asked, "needed": needed, "diagnostics": [asdict(diagnostic) for diagnostic in diagnostics]}
        # A cache that cannot be written only costs time; a path that is no text cannot be written as JSON.
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._folder, suffix=".part", delete=False
            ) as new:
                json.dump(data, new)
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
        data = json.loads(file.read_bytes())
        if any((exists is not None and exists(name)) != there for name, there in data["asked"].items()):
            return None
        os.utime(file)
        needed = frozenset(settings.allowances[_number(index, len(settings.allowances))] for index in data["needed"])
        return LintResult([_diagnostic(item, source) for item in data["diagnostics"]], needed)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _diagnostic(data: dict[str, Any], source: Source) -> Diagnostic:
    fix = data.pop("fix")
    related = tuple(
        RelatedPlace(
            _position(place["start"], source), _text(place["message"]), _text(place["mirrored"]), place["too"] is True
        )
        for place in data.pop("related")
    )
    section = tuple(map(_text, data.pop("section")))
    severity = Severity(data.pop("severity"))
    span = _span(data.pop("span"), source)
    start, end = _position(data.pop("start"), source), _position(data.pop("end"), source)
    del data["home"]  # which no finding has before it is compared with those of another version
    texts: dict[str, Any] = {name: _text(value) for name, value in data.items()}
    return Diagnostic(
        **texts | {"path": source.path},
        severity=severity,
        span=span,
        start=start,
        end=end,
        section=section,
        related=related,
        fix=_fix(fix, source) if fix else None,
    )


def _fix(data: dict[str, Any], source: Source) -> Fix:
    edits = tuple(
        Edit(
            _span(edit["span"], source),
            _text(edit["text"]),
            None if edit["replaces"] is None else _text(edit["replaces"]),
        )
        for edit in data["edits"]
    )
    return Fix(_text(data["message"]), edits, Applicability(data["applicability"]), tuple(map(_text, data["losses"])))


def _span(value: Any, source: Source) -> Span:
    start, end = (_number(offset, len(source.text)) for offset in value)
    return Span(start, end)


def _position(value: Any, source: Source) -> Position:
    line, column = (_number(number, len(source.text) + 1) for number in value)
    return Position(_number(line, len(source.line_starts)), column)


def _number(value: object, largest: int) -> int:
    if type(value) is not int or not 0 <= value <= largest:
        raise TypeError("no such number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _digest(source: Source, settings: Settings, knows_files: bool) -> str:
    described = json.dumps([_program(), knows_files, _plain(settings)], sort_keys=True)
    return sha256(described.encode() + b"\0" + source.to_bytes()).hexdigest()


def _program() -> list[Any]:
    """The version, and of each of the program's files its name, size and time: another program, another result."""
    return [__version__, sorted(_stamps(Path(__file__).parent.parent))]


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
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)} | {"": type(value).__name__}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
