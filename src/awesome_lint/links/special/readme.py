"""The Markdown that GitHub renders: its anchors are made by scripts, but the source tells what they are."""

from __future__ import annotations

from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
OWN_ANCHORS = frozenset({"readme", "start-of-content", "repository-container-header"})
"""Anchors of GitHub's own on every page of a repository."""


def source_of(url: URL, endpoint: str) -> URL | None:
    """Where the source lies of the Markdown that the page *url* shows; None where it shows something else."""
    if lane_of(url) != "github.com":
        return None
    parts = [part for part in url.raw_path.decode("ascii").partition("?")[0].split("/") if part]
    if len(parts) == 2 and url.params.get("tab", "readme-ov-file") == "readme-ov-file":
        return URL(f"{endpoint}/{parts[0]}/{parts[1].removesuffix('.git')}/HEAD/README.md")
    if len(parts) > 4 and parts[2] == "blob" and parts[-1].lower().endswith(_MARKDOWN):
        return URL(f"{endpoint}/{'/'.join([*parts[:2], *parts[3:]])}")
    return None
