"""What an HTML tag is: the grammar of CommonMark 0.31.2, section 6.6, as patterns without capturing groups."""

from __future__ import annotations

SPACE = r"[ \t\v\f\r\n]"
_VALUE = r"(?:[^ \t\r\n\v\f\"'=<>`]++|'[^']*'|\"[^\"]*\")"
_ATTRIBUTES = rf"(?:{SPACE}+[A-Za-z_:][A-Za-z0-9:._-]*+(?:{SPACE}*+={SPACE}*+{_VALUE})?)*"
TAG = rf"<(?:[A-Za-z][A-Za-z0-9-]*+{_ATTRIBUTES}{SPACE}*+/?|/[A-Za-z][A-Za-z0-9-]*+{SPACE}*+)>"
"""A tag by itself, in inline text and as an HTML block of kind 7."""
