"""Where the keys of a TOML text stand; the parser of the standard library does not tell.

The text must be valid TOML: its keys are followed, its values are passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from awesome_lint.regex import regex
from awesome_lint.source import Position, Source

KeyPath = tuple[str | int, ...]
"""The keys and the indices of array elements that lead to a value."""

_BARE_KEY = regex(r"[\w-]+", re.ASCII)
_TOKEN = regex(
    r'''(?:[ \t\r]|\#[^\n]*)+
    |(?P<token>
        """(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5} | "(?:[^"\\\n]|\\.)*"
        |\'\'\'(?:[^']|'{1,2}(?!'))*'{3,5} | '[^'\n]*'
        |[\[\]{}=.,\n]
        |[^\s"'\[\]{}=.,\#]+
    )''',
    re.VERBOSE | re.DOTALL,
)
"""White space and comments, a string, a mark, or a bare word; what a mark divides (`1.5`) counts as several words."""


def find_places(text: str) -> dict[KeyPath, Position]:
    """The place of each key, table and array element of the valid TOML *text*, by the path that leads there."""
    scanner = _Scanner(text)
    scanner.read_document()
    source = Source(text)
    return {path: source.position(offset) for path, offset in scanner.offsets.items()}


_DEEPEST = 16
"""How many keys lead to a place at most; what is deeper has that of the table around it."""


def longest_key(text: str) -> int:
    """How many parts the longest dotted key of *text* has, which need not be valid TOML."""
    longest = length = 0
    before = ""
    for word, _ in _tokens(text):
        if word == ".":
            length += 1
        elif before != ".":
            length = 1
        longest, before = max(longest, length), word
    return longest


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """The tokens of *text* and their offsets."""
    return ((match["token"], match.start()) for match in _TOKEN.finditer(text) if match["token"])


class _Scanner:
    """Reads statement after statement and notes where each path is named first."""

    def __init__(self, text: str) -> None:
        self.offsets: dict[KeyPath, int] = {}
        self._tokens = list(_tokens(text))
        self._index = 0
        self._lengths: Counter[KeyPath] = Counter()
        """How many elements each array of tables has so far."""

    @property
    def _next(self) -> str:
        return self._tokens[self._index][0] if self._index < len(self._tokens) else ""

    def _offset(self) -> int:
        return self._tokens[self._index][1]

    def read_document(self) -> None:
        """Read all statements."""
        table: KeyPath = ()
        while self._next:
            if self._next == "[":
                table = self._header()
            elif not self._skip("\n"):
                self._pair(table)

    def _skip(self, token: str) -> bool:
        found = self._next == token
        self._index += found
        return found

    def _header(self) -> KeyPath:
        start = self._offset()
        self._skip("[")
        is_element = self._skip("[")
        path: KeyPath = ()
        names = self._key()
        for name, offset in names[:-1]:
            path = self._note((*path, name), offset)
            if self._lengths[path]:
                path = (*path, self._lengths[path] - 1)
        name, offset = names[-1]
        path = self._note((*path, name), offset)
        if is_element:
            self._lengths[path] += 1
            path = self._note((*path, self._lengths[path] - 1), start)
        while self._skip("]"):
            pass
        return path

    def _note(self, path: KeyPath, offset: int) -> KeyPath:
        """*path* again, whose place is *offset* unless it has one; its outer keys if it is too long."""
        if len(path) > _DEEPEST:
            return path[:_DEEPEST]
        self.offsets.setdefault(path, offset)
        return path

    def _pair(self, table: KeyPath) -> None:
        path = table
        for name, offset in self._key():
            path = self._note((*path, name), offset)
        self._skip("=")
        self._value(path)

    def _key(self) -> list[tuple[str, int]]:
        """The parts of a dotted key and their offsets."""
        parts = [self._part()]
        while self._skip("."):
            parts.append(self._part())
        return parts

    def _part(self) -> tuple[str, int]:
        word, offset = self._tokens[self._index]
        self._index += 1
        quoted = word[0] in "\"'"
        return (tomllib.loads(f"key = {word}")["key"] if quoted else word), offset

    def _value(self, path: KeyPath) -> None:
        if self._skip("["):
            self._array(path)
        elif self._skip("{"):
            while not self._skip("}"):
                if not self._skip(",") and not self._skip("\n"):
                    self._pair(path)
        else:
            while self._next not in ("\n", ",", "]", "}", ""):
                self._index += 1

    def _array(self, path: KeyPath) -> None:
        count = 0
        while not self._skip("]"):
            if not self._skip(",") and not self._skip("\n"):
                self._value(self._note((*path, count), self._offset()))
                count += 1


def place_of(places: dict[KeyPath, Position], path: KeyPath) -> Position:
    """The place of *path*, or of the innermost table around it."""
    while path and path not in places:
        path = path[:-1]
    return places.get(path, Position(1, 1))


def show_path(path: KeyPath) -> str:
    """*path* as one writes a dotted key; the line tells which element of an array is meant."""
    keys = [key for key in path if isinstance(key, str)]
    return ".".join(key if _BARE_KEY.fullmatch(key) else f'"{key}"' for key in keys)
