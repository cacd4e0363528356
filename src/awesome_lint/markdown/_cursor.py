"""A place in the line that is being read, with its column: tabs stop at every fourth one."""

from __future__ import annotations

_TAB_STOP = 4


class Cursor:
    """Where reading is in a line of *text*.

    ``offset`` is where the rest of the line starts, ``end`` where the line ends.  `find_text` sets ``text``, the
    offset of the first character that is neither space nor tab, ``indent``, the columns up to it, and ``blank``.
    Columns of a tab can be taken one by one: ``offset`` then stays at the tab.
    """

    __slots__ = (
        "_column",
        "_is_found",
        "_source",
        "_text_column",
        "blank",
        "closes_fence",
        "end",
        "indent",
        "offset",
        "start",
        "text",
    )

    def __init__(self, source: str) -> None:
        self._source = source
        self.start_line(0, 0)

    def start_line(self, start: int, end: int) -> None:
        """Go to the line of these offsets."""
        self.start = self.offset = self.text = start
        self.end = end
        self._column = self._text_column = self.indent = 0
        self._is_found = False
        self.blank = start == end
        self.closes_fence = False

    def find_text(self) -> None:
        """Look for the first character that is neither space nor tab."""
        if self.text < self.offset or not self._is_found:
            self._is_found = True
            source, end, text, column = self._source, self.end, self.offset, self._column
            while text < end:
                character = source[text]
                if character == " ":
                    column += 1
                elif character == "\t":
                    column += _TAB_STOP - column % _TAB_STOP
                else:
                    break
                text += 1
            self.text = text
            self._text_column = column
            self.blank = text == end
        self.indent = self._text_column - self._column

    def skip_columns(self, columns: int) -> None:
        """Move on by *columns*, or to the end of the line."""
        while columns > 0 and self.offset < self.end:
            width = 1
            if self._source[self.offset] == "\t":
                width = _TAB_STOP - self._column % _TAB_STOP
                if width > columns:
                    self._column += columns
                    return
            self._column += width
            self.offset += 1
            columns -= width

    def skip_one_space(self) -> None:
        """Move on by one column where there is white space."""
        if self.offset < self.end and self._source[self.offset] in " \t":
            self.skip_columns(1)

    def move_to(self, offset: int) -> None:
        """Move on to *offset*."""
        while self.offset < offset:
            tab = self._source[self.offset] == "\t"
            self._column += _TAB_STOP - self._column % _TAB_STOP if tab else 1
            self.offset += 1

    def finish_line(self) -> None:
        """Move on to the end of the line."""
        self.offset = self.end

    def character(self) -> str:
        """The character at ``text``, empty at the end of the line."""
        return "" if self.blank else self._source[self.text]
