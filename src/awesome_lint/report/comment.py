"""Findings as the text of a comment on a pull request: the Markdown report, short enough for one."""

from __future__ import annotations

from collections.abc import Sequence

from awesome_lint.diagnostic import FileFindings
from awesome_lint.report import markdown

_ROOM = 65_000  # GitHub takes 65,536 characters, of which the poster's mark needs a few


def render(files: Sequence[FileFindings]) -> str:
    """The report in Markdown; empty without findings, as there is nothing to say then.

    No address can be followed: GitHub would tell the issues and pull requests among them that they were mentioned.
    """
    if not any(file.diagnostics for file in files):
        return ""
    return markdown.render(files, room=_ROOM, with_links=False)
