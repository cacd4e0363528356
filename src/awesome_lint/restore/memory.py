"""What services answered, in a JSON file beside the link cache: a search that is broken off continues where it was.

Like the link cache, the file may come from a stranger: what does not have the form of a record is dropped.  It is
replaced as a whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct, field

from awesome_lint.files.reading import UnusableFileError
from awesome_lint.files.writing import write_atomically
from awesome_lint.link_status import LinkStatus
from awesome_lint.restore.model import Source, Work
from awesome_lint.restore.services import Query

_SCHEMA = 1
_BYTES = 32 << 20
_MOST_ANSWERS = 20_000
_DAY = 86400.0
_KEEPS_WORKS = 14 * _DAY
_KEEPS_NOTHING = 3 * _DAY
"""For how long it stays true that a service knows nothing under a title."""
_KEEPS_SEEN = _DAY / 2
_KEEPS_NOWHERE = _DAY
_KEEPS_TARGET = 7 * _DAY
"""For how long it stays true where a proxy leads."""


class Answer(Struct, frozen=True):
    """The works that a service knows, and when it said so, in seconds since the epoch."""

    at: float
    works: list[Work]


class Seen(Struct, frozen=True):
    """The status of a link that the link cache does not keep: it is dead, or its page fails just now."""

    at: float
    status: LinkStatus

    @property
    def lasts_until(self) -> float:
        """When it is to be checked again."""
        return self.at + _KEEPS_SEEN


class Target(Struct, frozen=True):
    """Where a proxy leads, empty where it leads nowhere, and when it said so."""

    at: float
    url: str

    @property
    def lasts_until(self) -> float:
        """When it is to be asked again."""
        return self.at + (_KEEPS_TARGET if self.url else _KEEPS_NOWHERE)


class _File(Struct):
    schema: int = _SCHEMA
    answers: dict[str, Answer] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)


class Memory:
    """The answers in the file at *path*, None keeps nothing; with *fresh* those of earlier runs do not count."""

    def __init__(self, path: Path | None, *, fresh: bool = False, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._old = _File() if fresh or path is None else _read(path)
        self._new = _File()

    def works(self, source: Source, base: str, query: Query) -> list[Work] | None:
        """What *source* at *base* knows of *query*; None where it is to be asked."""
        key = _key(source, base, query)
        answer = self._new.answers.get(key) or self._old.answers.get(key)
        if answer is None:
            return None
        keeps = _KEEPS_WORKS if answer.works else _KEEPS_NOTHING
        return answer.works if 0 <= self._now() - answer.at < keeps else None

    def keep(self, source: Source, base: str, query: Query, works: list[Work]) -> None:
        """Remember what *source* at *base* knows of *query*."""
        self._new.answers[_key(source, base, query)] = Answer(self._now(), works)

    def status(self, url: str) -> LinkStatus | None:
        """The status of *url* where that is remembered, and not for too long."""
        seen = self._old.seen.get(url)
        return seen.status if seen and seen.at <= self._now() < seen.lasts_until else None

    def keep_status(self, status: LinkStatus) -> None:
        """Remember a *status* that the link cache does not keep."""
        self._new.seen[status.url] = Seen(self._now(), status)

    def target(self, url: str) -> str | None:
        """Where the proxy address *url* leads, empty where nowhere; None where it is to be asked."""
        target = self._old.targets.get(url)
        return target.url if target and target.at <= self._now() < target.lasts_until else None

    def keep_target(self, url: str, target: str) -> None:
        """Remember that *url* leads to *target*, empty for nowhere."""
        self._new.targets[url] = Target(self._now(), target)

    def save(self) -> str:
        """Write the file; says in a clause why that fails, empty where it does not."""
        if self._path is None or not (self._new.answers or self._new.seen or self._new.targets):
            return ""
        now = self._now()
        answers = {**self._old.answers, **self._new.answers}
        fresh = [each for each in answers.items() if 0 <= now - each[1].at < _KEEPS_WORKS]
        fresh.sort(key=lambda each: each[1].at)
        seen = {url: each for url, each in {**self._old.seen, **self._new.seen}.items() if now < each.lasts_until}
        targets = {**self._old.targets, **self._new.targets}
        targets = {url: each for url, each in targets.items() if now < each.lasts_until}
        file = _File(_SCHEMA, dict(fresh[-_MOST_ANSWERS:]), seen, targets)
        data = msgspec.json.encode(file, order="sorted")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, data)
        except (OSError, UnusableFileError) as error:
            return str(error)
        return ""


def path_beside(link_cache: Path | None) -> Path | None:
    """Where the answers are kept whose verdicts *link_cache* keeps."""
    return link_cache.with_suffix(".answers.json") if link_cache else None


def _key(source: Source, base: str, query: Query) -> str:
    what = f"{query.identifier.kind}:{query.identifier.value}" if query.identifier else f"title:{query.title}"
    return f"{source} {base} {what}"


def _read(path: Path) -> _File:
    try:
        if not path.is_file() or path.stat().st_size > _BYTES:
            return _File()
        found = msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return _File()
    return found if found.schema == _SCHEMA else _File()
