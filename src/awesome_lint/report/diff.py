"""What fixing would change, as a unified diff."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from awesome_lint.report.inert import inert
from awesome_lint.report.style import Style

_CONTEXT = 3
_LONGEST_GAP = 200
"""How many lines are compared each with each; the time that takes grows with the square."""


def render(before: str, after: str, path: str, style: Style) -> str:
    """The unified diff between two texts with ``\\n`` line endings, empty where they are equal.

    The text is made inert: a line with control characters is shown, but cannot be applied as a patch.
    """
    if before == after:
        return ""
    matcher = _LineMatcher(_lines(before), _lines(after))
    lines = [style.paint(f"{mark} {inert(path)}", "bold") for mark in ("---", "+++")]
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        first, last = group[0], group[-1]
        place = f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"
        lines.append(style.paint(place, "cyan"))
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                lines += (_shown(" ", line, style) for line in matcher.a[i1:i2])
            else:
                lines += (_shown("-", line, style, "removed") for line in matcher.a[i1:i2])
                lines += (_shown("+", line, style, "added") for line in matcher.b[j1:j2])
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return f"{start + 1}"
    return f"{start + (end > start)},{end - start}"


def _shown(mark: str, line: str, style: Style, kind: str = "") -> str:
    text = "\t".join(map(inert, f"{mark}{line}".removesuffix("\n").split("\t")))
    text = style.paint(text, kind) if kind else text
    return text if line.endswith("\n") else f"{text}\n\\ No newline at end of file"


class _LineMatcher(SequenceMatcher[str]):
    """Compares texts line by line in linear time: between lines that are in each text just once."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, (), (), autojunk=False)
        self.a, self.b = old, new

    def get_opcodes(self) -> list[tuple[str, int, int, int, int]]:  # type: ignore[override]  # Literal tags
        """How to turn the first text into the second, in the form of `SequenceMatcher.get_opcodes`."""
        found: list[tuple[str, int, int, int, int]] = []
        i = j = 0
        for i_next, j_next in [*_common(self.a, self.b), (len(self.a), len(self.b))]:
            found += self._between(i, i_next, j, j_next)
            found.append(("equal", i_next, i_next + 1, j_next, j_next + 1))
            i, j = i_next + 1, j_next + 1
        return _joined(found[:-1])

    def _between(self, i1: int, i2: int, j1: int, j2: int) -> Iterator[tuple[str, int, int, int, int]]:
        if i2 - i1 > _LONGEST_GAP or j2 - j1 > _LONGEST_GAP:
            yield "replace", i1, i2, j1, j2
            return
        inner = SequenceMatcher(None, self.a[i1:i2], self.b[j1:j2], autojunk=False)
        for tag, i3, i4, j3, j4 in inner.get_opcodes():
            yield tag, i1 + i3, i1 + i4, j1 + j3, j1 + j4


def _common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where the lines stand that each text has just once, in the longest run of them that has the same order."""
    once_in_old, once_in_new = _single(old), _single(new)
    pairs = [(i, once_in_new[line]) for line, i in once_in_old.items() if line in once_in_new]
    ends: list[int] = []  # the last place in the new text of the best run of each length, and its pair
    best: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        best[length : length + 1] = [index]
        before.append(best[length - 1] if length else -1)
    run = []
    index = best[-1] if best else -1
    while index >= 0:
        run.append(pairs[index])
        index = before[index]
    return run[::-1]


def _single(lines: Sequence[str]) -> dict[str, int]:
    counts = Counter(lines)
    return {line: index for index, line in enumerate(lines) if counts[line] == 1}


def _joined(opcodes: list[tuple[str, int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    """*opcodes* without empty steps, equal stretches that meet as one."""
    found: list[tuple[str, int, int, int, int]] = []
    for tag, i1, i2, j1, j2 in opcodes:
        if found and tag == found[-1][0] == "equal":
            found[-1] = ("equal", found[-1][1], i2, found[-1][3], j2)
        elif i1 < i2 or j1 < j2:
            found.append((tag, i1, i2, j1, j2))
    return found
