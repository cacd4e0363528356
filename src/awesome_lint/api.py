"""awesome-lint for Python programs; `awesome_lint` itself has all these names.

Everything takes the text of a list and gives back plain data.  Nothing is read but the file that ``config`` names and
the names of the files beside ``path``; nothing is written, nothing is printed, and the network is not used.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from awesome_lint.config.finding import ConfigurationError, find_configuration, read_configuration
from awesome_lint.config.loading import load, load_data, settings_for
from awesome_lint.diagnostic import (
    Applicability,
    AppliedFix,
    Diagnostic,
    Edit,
    Fix,
    Related,
    RelatedPlace,
    Severity,
    Violation,
)
from awesome_lint.files.reading import UnusableFileError, existence_beside
from awesome_lint.fixing import Refusal
from awesome_lint.fixing import fix as fix_source
from awesome_lint.linter import engine
from awesome_lint.linter.result import InternalError
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document, Row, Table
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules import RULES
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.facts import Facts
from awesome_lint.semantic.headers import Meaning, meanings
from awesome_lint.semantic.model import ListModel
from awesome_lint.source import Position, Source, Span

__all__ = [
    "RULES",
    "Applicability",
    "AppliedFix",
    "ConfigurationError",
    "Context",
    "Diagnostic",
    "Document",
    "Edit",
    "Facts",
    "Fix",
    "FixResult",
    "Group",
    "InternalError",
    "List",
    "ListEntry",
    "Position",
    "Refusal",
    "Related",
    "RelatedPlace",
    "Rule",
    "Severity",
    "Source",
    "Span",
    "Violation",
    "check",
    "find_config",
    "fix",
    "parse",
    "read",
]

Config = str | Path | Mapping[str, Any] | Settings
"""A configuration: the path of its file, or its keys and values as a TOML parser reads them, or ready settings."""


class ListEntry(Struct, frozen=True):
    """An entry of a list: a row of a table or a bullet.

    ``title`` is its name and ``url`` the destination of the link that stands for it, empty where it has none.
    ``description`` is the text after a bullet's name, or the cell under a header such as "Description".  ``section``
    holds the texts of the headings above it, the outermost first.  ``values`` maps the headers of a table to the texts
    of the row's cells, as a reader sees them; it is empty for a bullet.  ``line`` is the line on which the entry
    starts, the first is 1.

    ``damaged`` tells that the entry has a broken link or another number of cells than its header: its values may stand
    under the wrong headers.  `fix` repairs most of them.
    """

    title: str
    url: str
    description: str
    section: tuple[str, ...]
    values: Mapping[str, str]
    line: int
    damaged: bool = False


class List(Struct, frozen=True):
    """A list as data: its ``title``, the text of its first heading, and its ``entries`` in the order of the text."""

    title: str
    entries: tuple[ListEntry, ...]


class FixResult(Struct, frozen=True):
    """A text after fixing.

    ``text`` is the new text; what no fix touches is the same character for character, line endings included.
    ``diagnostics`` is what is left to report in it, ``counts`` how many findings of each rule were fixed.  ``losses``
    are sentences about content that was lost before and that no fix brings back.  ``refusals`` are fixes that were left
    out since they could not be proved to be harmless, ``applied`` those that were applied, in the order of the text.
    ``outside`` counts the findings whose fix was left out, or made in part, since it would have changed other lines
    than those that were given.
    """

    text: str
    diagnostics: list[Diagnostic]
    counts: Mapping[str, int]
    losses: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    applied: tuple[AppliedFix, ...] = ()
    outside: int = 0


def check(
    text: str | Source,
    *,
    path: str | Path | None = None,
    config: Config | None = None,
    facts: Facts | None = None,
    rules: Sequence[Rule] = RULES,
) -> list[Diagnostic]:
    """What is wrong with the list *text*, sorted by place.

    *path* is the file that the text comes from: diagnostics name it, and relative links are looked up beside it.
    Without it, nothing is reported about relative links.  *config* is a configuration; without one, everything has its
    default, and no file is searched for (`find_config` does that).  *facts* replaces what would be found out beside
    *path*.  *rules* are all rules there are, of which the configuration selects some.

    Raises `ConfigurationError` where *config* cannot be used, and `InternalError` for a bug of this library or an
    exception in one of *rules*.

    >>> [(each.rule, each.start.line, each.message) for each in check("- [Ruff]()\\n")]
    [('empty-link', 1, 'The link “Ruff” has no address')]
    """
    source, location = _source(text, path)
    return engine.check(source, _settings(config, location), facts or _facts(location), rules=rules)


def fix(  # noqa: PLR0913 - all but the text are keywords that may be left out
    text: str | Source,
    *,
    path: str | Path | None = None,
    config: Config | None = None,
    facts: Facts | None = None,
    rules: Sequence[Rule] = RULES,
    unsafe: bool = False,
    lines: Container[int] | None = None,
) -> FixResult:
    """Fix what can be fixed unambiguously; with *unsafe* also apply fixes that are probably right but need review.

    With *lines*, numbers of lines of *text* from 1, only these lines are changed.
    The other parameters, and the exceptions, are those of `check`.  Every fix is proved to lose nothing: a fix that
    cannot be is left out and named in the result.

    >>> fix("|Tool|Year|\\n|-|-|\\n|[Ruff](https://docs.astral.sh/ruff/|2022|\\n").text.splitlines()[2]
    '|[Ruff](https://docs.astral.sh/ruff/)|2022|'
    """
    source, location = _source(text, path)
    settings = _settings(config, location)
    fixed = fix_source(source, settings, facts or _facts(location), unsafe=unsafe, rules=rules, lines=lines)
    return FixResult(
        fixed.source.raw,
        fixed.diagnostics,
        fixed.counts,
        fixed.losses,
        fixed.refusals,
        fixed.applied,
        fixed.outside,
    )


def parse(text: str | Source, *, path: str | Path | None = None) -> Document:
    """The Markdown of *text* as GitHub reads it, with the place of each part as offsets into ``document.source.text``.

    Every text is a document.  Raises `InternalError` for a bug of this library.

    >>> parse("# Tools\\n\\nSome *tools*.\\n").headings[0].text
    'Tools'
    """
    return engine.read(_source(text, path)[0])


def read(text: str | Source, *, path: str | Path | None = None) -> List:
    """The list in *text* as data: the entries of its tables and bullets, without tables of contents and legends.

    Raises `InternalError` for a bug of this library.

    >>> tools = read("# Tools\\n\\n- [Ruff](https://docs.astral.sh/ruff/) - A fast linter.\\n")
    >>> tools.title
    'Tools'
    >>> [(each.title, each.url, each.description, each.line) for each in tools.entries]
    [('Ruff', 'https://docs.astral.sh/ruff/', 'A fast linter.', 3)]
    """
    document = parse(text, path=path)
    with engine.guarded(f"reading {document.source.path}"):
        title = document.headings[0].text if document.headings else ""
        return List(title, tuple(_entry(entry, document.source) for entry in ListModel(document).entries))


def find_config(path: str | Path) -> Path | None:
    """The configuration file for the list at *path*: the nearest one in its folder or above, within its repository.

    That is ``.awesome-lint.toml``, or a ``pyproject.toml`` with a section ``[tool.awesome-lint]``; None where there is
    neither.  Raises `ConfigurationError` where such a file cannot be read.
    """
    try:
        found = find_configuration(Path(path).parent)
    except UnusableFileError as error:
        raise ConfigurationError([str(error)]) from None
    return found.path if found else None


def _source(text: str | Source, path: str | Path | None) -> tuple[Source, Path | None]:
    """*text* with its name, and the path beside which its files are."""
    if isinstance(text, Source):
        return text, Path(path) if path else None
    return (Source(text, str(path)), Path(path)) if path else (Source(text, "<text>"), None)


def _facts(location: Path | None) -> Facts:
    return Facts(existence_beside(location)) if location else Facts()


def _settings(config: Config | None, location: Path | None) -> Settings:
    """The settings of *config* for the file at *location*; raises `ConfigurationError`."""
    if config is None or isinstance(config, Settings):
        return config or Settings()
    if isinstance(config, Mapping):
        return settings_for(load_data(config), None, location)
    try:
        text = read_configuration(Path(config))
    except UnusableFileError as error:
        raise ConfigurationError([str(error)]) from None
    return settings_for(load(text), text.folder, location)


def _entry(entry: Entry, source: Source) -> ListEntry:
    section = tuple(heading.text for heading in entry.section)
    values = {name: " ".join(cell.text.split()) for name, cell in entry.fields.items()}
    line = source.position(entry.span.start).line
    described = (value for name, value in values.items() if Meaning.DESCRIPTION in meanings(name))
    description = entry.description or next(described, "")
    return ListEntry(entry.title, entry.url, description, section, values, line, _is_damaged(entry))


def _is_damaged(entry: Entry) -> bool:
    if isinstance(entry.origin, Row) and isinstance(entry.container, Table):
        is_broken = any(cell.content.broken_links for cell in entry.origin.cells)
        return is_broken or len(entry.origin.cells) != len(entry.container.header.cells)
    content = entry.content
    return content is not None and bool(content.broken_links)
