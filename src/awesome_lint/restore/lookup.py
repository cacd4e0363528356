"""What a service knows of one identifier that a user names: a paper on arXiv, a DOI, a repository on GitHub."""

from __future__ import annotations

from awesome_lint.links import Question, Reply, Session
from awesome_lint.restore.identifiers import identifiers_in
from awesome_lint.restore.model import Identifier, IdentifierKind, Work
from awesome_lint.restore.services import AUTHORITIES, SERVICES, Query

_KINDS = (IdentifierKind.ARXIV, IdentifierKind.DOI, IdentifierKind.REPOSITORY)


class LookupFailedError(Exception):
    """Why nothing is known of what was named, as a sentence without a full stop."""


def named_by(text: str) -> Identifier:
    """The identifier in *text*: `arXiv:…`, a DOI or an address; raises `LookupFailedError` if there is none."""
    found = [name for name in identifiers_in(text, [text]) if name.kind in _KINDS]
    if not found:
        raise LookupFailedError(f"{text!r} is no arXiv identifier, DOI or repository on GitHub")
    return found[0]


def look_up(name: Identifier, session: Session, base: str) -> Work:
    """The work called *name*, asked for in *session* at the service with the address *base*.

    Raises `LookupFailedError` where the service gives no answer, or does not know it.
    """
    service = SERVICES[AUTHORITIES[name.kind]](base)
    replies: list[Reply] = []

    def tell(_: Question, reply: Reply) -> None:
        replies.append(reply)

    session.ask([batch.question for batch in service.batches([Query(identifier=name)])], tell)
    if not replies:
        raise LookupFailedError(f"{service.source} was not asked for {name.value}")
    reply = replies[0]
    if reply.problem:
        raise LookupFailedError(f"{service.source} does not say what {name.value} is: {reply.problem}")
    try:
        works = service.read(reply.body) if reply.status == 200 else []
    except ValueError:
        raise LookupFailedError(f"{service.source} gives an answer that cannot be read") from None
    for work in works:
        if name.url.casefold() in {each.url.casefold() for each in work.identifiers}:
            return work
    raise LookupFailedError(f"{service.source} does not know {name.value}")
