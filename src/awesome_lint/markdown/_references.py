"""What inline text refers to: link reference definitions and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from awesome_lint.markdown._syntax import (
    clean,
    clean_destination,
    find_destination,
    find_label,
    find_title,
    normalized_label,
)
from awesome_lint.markdown._text import Text, place_span
from awesome_lint.markdown.document import LinkReferenceDefinition
from awesome_lint.regex import regex

_SPACES = regex(r"[ \t]*")
_SPACES_AND_LINE_END = regex(r"[ \t]*\n?[ \t]*")
_LINE_END = regex(r"[ \t]*\n")


class References(Struct):
    """The definitions of a document.

    ``links`` maps a label to destination and title, ``notes`` the label of a footnote to its offset.  ``used_notes``
    are the labels of those that a reference was found for, in the order of the first ones: GitHub shows no others.
    """

    definitions: list[LinkReferenceDefinition] = field(default_factory=list)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    used_notes: dict[str, None] = field(default_factory=dict)

    def link(self, label: str) -> tuple[str, str] | None:
        """The destination and title for which *label* stands."""
        return self.links.get(normalized_label(label)) if self.links else None

    def has_note(self, label: str) -> bool:
        """Whether there is a footnote with *label*."""
        return normalized_label(label) in self.notes

    def use_note(self, label: str) -> None:
        """Note that the footnote with *label* is referred to."""
        self.used_notes[normalized_label(label)] = None


def take_definitions(source: str, lines: Sequence[tuple[int, int]], references: References) -> int:
    """Read the definitions with which a paragraph of these *lines* starts; returns how many lines they take."""
    if source[lines[0][0]] != "[":
        return 0
    whole = Text(source, lines)
    text = whole.text + "\n"
    position = 0
    while text.startswith("[", position):
        end = _take_definition(text, position, whole, references)
        if end is None:
            break
        position = end
    return text.count("\n", 0, position)


def _take_definition(text: str, start: int, whole: Text, references: References) -> int | None:
    """Read the definition at *start*; returns where the next line begins, or None."""
    label = find_label(text, start)
    if label is None or not text.startswith(":", label.end()) or not label[1].strip(" \t\r\n"):
        return None
    found = find_destination(text, _skip(_SPACES_AND_LINE_END, text, label.end() + 1))
    if found is None:
        return None
    destination = (found[0], found[1])
    end = found[2]
    line_end = _LINE_END.match(text, end)
    title_start = _skip(_SPACES_AND_LINE_END, text, end)
    title_end = find_title(text, title_start) if title_start > end else title_start
    title = clean(text[title_start + 1 : title_end - 1])  # cmark-gfm keeps it even where the line continues after it
    after_title = _LINE_END.match(text, title_end) if title_end > title_start else None
    if after_title:
        end, line_end = title_end, after_title
    if line_end is None:
        return None
    url = clean_destination(text[slice(*destination)])
    span = place_span(whole.at, start, end)
    references.definitions.append(LinkReferenceDefinition(span, label[1], place_span(whole.at, *destination), url))
    if normalized := normalized_label(label[1]):
        references.links.setdefault(normalized, (url, title))
    return line_end.end()


def _skip(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
