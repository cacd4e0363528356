"""The repository of a list on GitHub, which one rule is about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from awesome_lint.cli.console import notify

if TYPE_CHECKING:
    from awesome_lint.cli.online import LinkOptions
    from awesome_lint.link_status import Repository


class Repositories:
    """What GitHub says about the repositories of files; each is asked about once.

    *options* are those of the link check; without them nothing is asked.
    """

    def __init__(self, options: LinkOptions | None, *, quiet: bool) -> None:
        self._options = options
        self._quiet = quiet
        self._known: dict[str, Repository | None] = {}

    def of(self, file: Path) -> Repository | None:
        """The repository of *file*; None where it is not on GitHub, or GitHub does not tell, which is noted."""
        if self._options is None:
            return None
        from awesome_lint.git.remote import github_repository

        name = github_repository(file.resolve().parent)
        if name is None:
            self._note(f"{file}: its repository has no remote “origin” on GitHub")
            return None
        if name not in self._known:
            self._known[name] = self._ask(name, self._options)
        return self._known[name]

    def _ask(self, name: str, options: LinkOptions) -> Repository | None:
        from awesome_lint.links.repository import ask_repository

        found = ask_repository(name, options.policy())
        if isinstance(found, str):
            self._note(f"GitHub gives no information about {name}: {found}")
            return None
        return found

    def _note(self, text: str) -> None:
        if not self._quiet:
            notify(text)
