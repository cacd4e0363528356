"""One line on a terminal: how far the check is, and what it waits for.

Progress bars of libraries estimate the time left from the average speed so far; here the slowest host decides,
which only the lanes know.  So this is a line of our own, and nothing but a line.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from typing import TextIO

from msgspec import Struct, field

from awesome_lint.link_status import Verdict


class Snapshot(Struct, frozen=True):
    """How a run stands; ``waiting`` is the slowest lane with its number of links and its seconds, if any wait."""

    total: int
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    waiting: tuple[str, int, float] | None = None

    @property
    def done(self) -> int:
        """The number of links that have a verdict."""
        return self.verdicts.total()


Observer = Callable[[Snapshot], None]
"""Is told how a run stands, a few times a second, and a last time at its end."""


class ProgressLine:
    """Shows snapshots on *stream*, each over the one before; does nothing where that is no terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._width = 0
        self._shown = stream.isatty()

    def __call__(self, snapshot: Snapshot) -> None:
        """Show *snapshot*."""
        self.show(describe(snapshot))

    def show(self, line: str) -> None:
        """Show *line*."""
        if not self._shown:
            return
        text = line[: max(20, shutil.get_terminal_size().columns - 1)]
        self._write("\r" + text.ljust(self._width))
        self._width = len(text)

    def clear(self) -> None:
        """Leave an empty line."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


def describe(snapshot: Snapshot) -> str:
    """*snapshot* in words: ``812/1840 links, ok 790, dead 3 | waiting: arxiv.org 41 (~2 min)``."""
    counts = sorted(snapshot.verdicts.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{snapshot.done}/{snapshot.total} links", *(f"{verdict} {count}" for verdict, count in counts)]
    text = ", ".join(parts)
    if snapshot.waiting:
        lane, count, seconds = snapshot.waiting
        text += f" | waiting: {lane} {count} (~{_span(seconds)})"
    return text


def _span(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{max(1, seconds):.0f} s"
