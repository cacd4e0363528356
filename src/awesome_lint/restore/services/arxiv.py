"""arXiv's query interface: https://info.arxiv.org/help/api/user-manual.html."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.links import Question
from awesome_lint.regex import regex
from awesome_lint.restore.likeness import plain_title
from awesome_lint.restore.model import IdentifierKind, Source, Work
from awesome_lint.restore.services.asking import (
    Batch,
    Query,
    address,
    family_names,
    grouped,
    identifiers_of,
    read_arxiv,
    read_doi,
    text,
    years,
)

_TITLES, _IDENTIFIERS = 8, 100
"""How many are asked for at once: of titles so few that the address stays short."""
_RESULTS = 6
"""How many papers are wanted for each title."""
_UNQUOTABLE = regex(r'["\\]+')
_FIELD = regex(r"<(id|title|published|arxiv:doi|arxiv:journal_ref)\b[^<>]*>([^<]*)</\1>")
_AUTHOR = regex(r"<name>([^<]*)</name>")
_PAPER = regex(r"\s*https?://arxiv\.org/abs/(\S+)\s*")


class Arxiv:
    """Papers by their titles, in quotes, several joined by OR; by their identifiers in a list of its own."""

    source = Source.ARXIV

    def __init__(self, base: str, email: str = "") -> None:  # noqa: ARG002 - all services are made alike
        self._base = base

    def batches(self, queries: Sequence[Query]) -> Iterator[Batch]:
        """See `Service`."""
        for group in grouped((each for each in queries if each.title), _TITLES):
            phrases = (_UNQUOTABLE.sub(" ", plain_title(each.title)) for each in group)
            search = " OR ".join(f'ti:"{" ".join(phrase.split())}"' for phrase in phrases)
            yield self._batch({"search_query": search, "max_results": str(_RESULTS * len(group))}, group)
        for group in grouped((each for each in queries if not each.title), _IDENTIFIERS):
            if names := identifiers_of(group, IdentifierKind.ARXIV):
                yield self._batch({"id_list": ",".join(names), "max_results": str(len(names))}, group)

    def _batch(self, fields: dict[str, str], group: tuple[Query, ...]) -> Batch:
        return Batch(Question(address(self._base, "/api/query", fields)), group)

    def read(self, data: bytes) -> list[Work]:
        """See `Service`; the answer is an Atom feed."""
        feed = data.decode("utf-8", "replace")
        if "<feed" not in feed:
            raise ValueError("not a feed")
        entries = (part.partition("</entry>")[0] for part in feed.split("<entry")[1:])
        return [work for entry in entries if (work := _work(entry))]


def _work(entry: str) -> Work | None:
    fields = dict(_FIELD.findall(entry))
    paper = _PAPER.fullmatch(fields.get("id", ""))
    identifiers = read_arxiv(paper[1]) if paper else ()
    if not identifiers:
        return None
    return Work(
        Source.ARXIV,
        text(fields.get("title")),
        years(fields.get("published"), fields.get("arxiv:journal_ref")),
        family_names(_AUTHOR.findall(entry)),
        text(fields.get("arxiv:journal_ref")),
        identifiers + read_doi(fields.get("arxiv:doi")),
    )
