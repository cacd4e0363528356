"""Making untrusted text inert: what a README contains must never act on a terminal or on a CI system."""

from __future__ import annotations

from awesome_lint.regex import regex

_ACTIVE = regex(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL and C1: escape sequences, carriage returns, backspaces
    "\u2028\u2029"  # separators that some programs take for line endings
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates: text that reads as another
    "\ud800-\udfff"  # undecodable bytes of a file name
    "]"
    r"|#(?=#\w*\[)"  # ``##[…]`` and ``##vso[…]`` are commands for CI systems wherever they are in a log
)


def inert(text: str) -> str:
    """*text* in one line, with whatever could act on its reader shown as an escape such as ``\\x1b``."""
    return "".join(inert_characters(text))


def inert_characters(text: str) -> list[str]:
    """How each character of *text* is shown."""
    shown = list(text)
    for match in _ACTIVE.finditer(text):
        code = ord(match[0])
        shown[match.start()] = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return shown


def inert_line(line: str) -> str:
    """*line* as it is, tabs included, but for what could act: two colons that open a line are a command for GitHub."""
    shown = "\t".join(map(inert, line.split("\t")))
    return shown.replace(":", "\\x3a", 1) if shown.lstrip().startswith("::") else shown


def inert_xml(text: str) -> str:
    """*text* as `inert` gives it, and without the two characters besides that XML cannot hold."""
    return inert(text).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
