"""Untrusted text in Markdown: text that shows just itself, and addresses that lead where they say and nowhere else."""

from __future__ import annotations

import re
from urllib.parse import quote

from awesome_lint.regex import regex
from awesome_lint.report.inert import inert

_MARKUP = regex(r"[\\`*_\[\]#!|~<>&@:$]|(?<=www)\.|(?<=\bGH)-(?=\d)", re.IGNORECASE)
# GitHub looks for @names and issues (#12, GH-12) in the rendered text, where an escape is one no more.
_CALLING = "@#-"
_MARKUP_OF_A_LINE = regex(r"[\\`*_\[\]#~<>&@$]|:(?=//)|(?<=www)\.|(?<=\bGH)-(?=\d)", re.IGNORECASE)
_WEB = regex(r"https?://[^/?#\s]+", re.IGNORECASE)
# What an address may hold as it is: letters of all scripts, and what URLs are made of, but no quotes and no pipe, which
# ends a cell of a table.
_UNSAFE = regex(r"[^\w\-.~:/?#\[\]@!$&'()*+,;=%]")
_HIDDEN = regex(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Characters that do not show, or that turn the direction of others."""


def plain(text: str) -> str:
    """*text* as Markdown that shows just that: no markup, no mention, no HTML."""
    return _MARKUP.sub(_reference, inert(text))


def escaped(text: str) -> str:
    """As `plain`, for a line of prose; it is readable as it stands, too, where it is not treated as Markdown."""
    return _MARKUP_OF_A_LINE.sub(_escape, inert(text))


def clickable(url: str) -> str:
    """*url* as a link to itself where it is an address of the web, else as plain text."""
    if url.startswith("//"):
        url = f"https:{url}"
    if not _WEB.match(url):
        return plain(url)
    address = _HIDDEN.sub(_encoded, _UNSAFE.sub(_encoded, url))
    return f"<{address.replace('&', '&amp;')}>"


def _encoded(match: re.Match[str]) -> str:
    return quote(match[0].encode("utf-8", "surrogatepass"))


def _escape(match: re.Match[str]) -> str:
    # GitHub knows no backslash before a dollar sign outside of formulas.
    return "&#36;" if match[0] == "$" else f"\\{match[0]}" + ("\u200b" if match[0] in _CALLING else "")


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};" + ("&#8203;" if match[0] in _CALLING else "")
