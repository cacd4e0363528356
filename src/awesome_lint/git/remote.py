"""Where a repository is published."""

from __future__ import annotations

from pathlib import Path

from awesome_lint.git.running import GitError, output
from awesome_lint.regex import regex

_GITHUB = regex(
    r"(?:(?:https?|git|ssh)://(?:[^@/\s]+@)?(?:www\.)?github\.com(?::\d+)?/|(?:[^@/\s]+@)?github\.com:/?)"
    r"(?P<owner>[A-Za-z0-9][A-Za-z0-9-]{0,38})/(?P<name>[A-Za-z0-9._-]{1,100}?)(?:\.git)?/?"
)


def github_repository(folder: Path) -> str | None:
    """``owner/name`` of the repository on GitHub that is the remote ``origin`` of the one around *folder*.

    None where that is elsewhere, or there is no such remote, no repository or no git.
    """
    try:
        return repository_in(output(folder, "remote", "get-url", "origin"))
    except GitError:
        return None


def repository_in(url: str) -> str | None:
    """``owner/name`` of the repository on GitHub that the address *url* of a remote names; None where it names none."""
    match = _GITHUB.fullmatch(url.strip())
    if match is None or match["name"] in (".", ".."):
        return None
    return f"{match['owner']}/{match['name']}"
