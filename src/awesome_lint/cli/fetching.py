"""What ``awesome-lint add --fetch`` does: ask a service about an identifier, and fill an addition with its answer."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from awesome_lint.adding.addition import Addition
from awesome_lint.cli.online import LinkOptions
from awesome_lint.links import Session
from awesome_lint.regex import regex
from awesome_lint.restore import EndpointError, parse_endpoints
from awesome_lint.restore.lookup import LookupFailedError, look_up, named_by
from awesome_lint.restore.model import Work
from awesome_lint.restore.services import AUTHORITIES
from awesome_lint.semantic.headers import Meaning

_MARKUP = regex(r"[\\`*_\[\]<>&|~$]")


class FetchError(Exception):
    """Why nothing was fetched, as a sentence without a full stop."""


def filled(addition: Addition, name: str, endpoints: Iterable[str], *, allow_private: bool) -> Addition:
    """*addition* with what a service says of *name* where it has no value of its own.

    *endpoints* are ``NAME=URL`` of services that live elsewhere; only with *allow_private* may a service be in a
    private network.  Raises `FetchError`.
    """
    try:
        bases = parse_endpoints(endpoints)
        identifier = named_by(name)
        source = AUTHORITIES[identifier.kind]
        if source not in bases:
            raise FetchError(f"{source} is left out by --endpoint")
        with Session(LinkOptions(allow_private=allow_private).policy()) as session:
            work = look_up(identifier, session, bases[source])
    except (LookupFailedError, EndpointError) as error:
        raise FetchError(f"--fetch: {error}") from None
    known = {meaning: _literal(text) for meaning, text in _texts(work).items() if text}
    known.update(addition.known)
    return replace(
        addition,
        name=addition.name or _literal(work.title),
        url=addition.url or identifier.url,
        known=known,
    )


def _texts(work: Work) -> dict[Meaning, str]:
    year = str(min(work.years)) if work.years else ""
    return {
        Meaning.YEAR: year,
        Meaning.AUTHOR: ", ".join(work.authors),
        Meaning.VENUE: work.venue,
        Meaning.JOURNAL: work.venue,
        Meaning.DESCRIPTION: work.description,
    }


def _literal(text: str) -> str:
    """*text* on one line, as Markdown that shows it as it is."""
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))
