"""A link, written so that GitHub reads the text and the address as they were given."""

from __future__ import annotations

from awesome_lint.adding.addition import AddError
from awesome_lint.regex import regex

_UNFIT = regex(r"[\x00-\x20\x7f<>]")
_BRACKETS = regex(r"(?<!\\)[\[\]]")
_PIPE = regex(r"(?<!\\)\|")


def write_link(text: str, url: str, *, in_table: bool) -> str:
    """``[text](url)``, or *text* alone where *url* is empty; raises `AddError` for what cannot be written so."""
    if "\n" in text or "\r" in text:
        raise AddError("the name must be one line")
    if not url:
        return escape_pipes(text) if in_table else text
    if _UNFIT.search(url):
        raise AddError(f"the address {url!r} has a space or a character that no address may have")
    balanced = text.count("[") == text.count("]")
    name = text if balanced else _BRACKETS.sub(r"\\\g<0>", text)
    address = url if url.count("(") == url.count(")") else url.replace("(", "%28").replace(")", "%29")
    link = f"[{name}]({address})"
    return escape_pipes(link) if in_table else link


def escape_pipes(markdown: str) -> str:
    """*markdown* with a backslash before each pipe that would end a cell."""
    return _PIPE.sub(r"\\|", markdown)
