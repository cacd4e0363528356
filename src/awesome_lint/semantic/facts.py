"""What is known about the world outside of a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from awesome_lint.link_status import LinkStatus, Repository
    from awesome_lint.semantic.elsewhere import Elsewhere
    from awesome_lint.semantic.entries import Entry
    from awesome_lint.semantic.siblings import Listing


class Facts(Struct, frozen=True):
    """What is known about the world outside of a document; rules look nothing up themselves.

    ``exists`` tells whether a relative path, with ``/`` between its parts, names a file or folder beside the document;
    it is None where that is unknown, as for standard input.  ``links`` is the result of the link check by URL, spelt as
    in the document; it is None where no links were checked, and online rules do not run then.  ``siblings`` are the
    files that list the same entries, as far as the configuration names them.  ``earlier`` are the entries of the older
    version with which the document is compared, ``repository`` is what GitHub says about that of the document,
    ``elsewhere`` are the entries of the other files of the configuration; each is None if there is none or where no
    rule asks for it.
    """

    exists: Callable[[str], bool] | None = None
    links: Mapping[str, LinkStatus] | None = None
    siblings: tuple[Listing, ...] = ()
    earlier: tuple[Entry, ...] | None = None
    repository: Repository | None = None
    elsewhere: Elsewhere | None = None

    @property
    def stand_alone(self) -> bool:
        """Whether nothing is known of other texts: what is found depends on this one and on which files exist."""
        return not self.siblings and self.earlier is None and self.elsewhere is None
