"""Strikethrough, which mistune offers only as a plugin that loses positions.

The rules are those of cmark-gfm: runs of one or two tildes, flanking as for emphasis, opener and closer of one length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

Token = dict[str, Any]

_RUN = re.compile(r"~+")


class _Run(Struct, frozen=True):
    token: int
    start: int
    end: int
    opens: bool
    closes: bool

    @property
    def length(self) -> int:
        return self.end - self.start


def without_strikethrough(tokens: Sequence[Token]) -> Sequence[Token]:
    """*tokens* of one level, the tildes that strike text through removed from their texts."""
    if not any(token["type"] == "text" and "~" in token["raw"] for token in tokens):
        return tokens
    gone: dict[int, list[_Run]] = {}
    openers: dict[int, list[_Run]] = {1: [], 2: []}
    for run in _runs(tokens):
        if run.closes and openers[run.length]:
            opener = openers[run.length].pop()
            gone.setdefault(opener.token, []).append(opener)
            gone.setdefault(run.token, []).append(run)
        elif run.opens:
            openers[run.length].append(run)
    return [_cut(token, gone[i]) if i in gone else token for i, token in enumerate(tokens)]


def _runs(tokens: Sequence[Token]) -> list[_Run]:
    found: list[_Run] = []
    for index, token in enumerate(tokens):
        if token["type"] != "text" or token.get("_emphasis") is False:
            continue
        raw = token["raw"]
        for match in _RUN.finditer(raw):
            if len(match[0]) > 2:
                continue
            before = raw[match.start() - 1] if match.start() else _edge(tokens, index - 1, -1)
            after = raw[match.end()] if match.end() < len(raw) else _edge(tokens, index + 1, 0)
            left, right = _flanking(before, after)
            found.append(_Run(index, match.start(), match.end(), left, right))
    return found


def _edge(tokens: Sequence[Token], index: int, end: int) -> str:
    if not 0 <= index < len(tokens):
        return " "
    token = tokens[index]
    if token["type"] in ("linebreak", "softbreak"):
        return " "
    if token["type"] == "text" and token["raw"]:
        return str(token["raw"][end])
    return "."  # markup: every construct starts and ends with punctuation


def _flanking(before: str, after: str) -> tuple[bool, bool]:
    space_before, space_after = before.isspace(), after.isspace()
    mark_before, mark_after = _punctuation(before), _punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before)
    right = not space_before and (not mark_before or space_after or mark_after)
    return left, right


def _punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _cut(token: Token, runs: Sequence[_Run]) -> Token:
    raw = token["raw"]
    for run in sorted(runs, key=lambda run: run.start, reverse=True):
        raw = raw[: run.start] + raw[run.end :]
    return {**token, "raw": raw}
