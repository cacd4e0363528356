"""arXiv papers, a hundred at a time: https://info.arxiv.org/help/api/user-manual.html."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from awesome_lint.link_status import Reason, Verdict
from awesome_lint.links.classify import Result
from awesome_lint.links.examine import Examiner
from awesome_lint.links.finding import Finding, Tell
from awesome_lint.links.request import HttpRequest
from awesome_lint.links.requestable import lane_of
from awesome_lint.links.wire import URL
from awesome_lint.regex import regex

_BATCH = 100
_FEED = 8 << 20
_HOSTS = frozenset({"arxiv.org", "export.arxiv.org"})
_PATH = regex(
    r"/(?:abs|pdf|html|format|ps)/([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?/?"
)
# An entry of the feed names its paper so; nothing else in the feed does.
_ENTRY = regex(r"<id>\s{0,8}https?://arxiv\.org/abs/([^<\s]{1,64}?)(?:v[0-9]{1,4})?\s{0,8}</id>")


class Arxiv(Struct, frozen=True):
    """The query interface at *endpoint*."""

    examiner: Examiner
    endpoint: str

    def claims(self, url: URL) -> bool:
        """Whether *url* is a page or file of one paper."""
        return lane_of(url) in _HOSTS and bool(_PATH.fullmatch(url.path))

    async def look_up(self, urls: Sequence[URL], tell: Tell) -> None:
        """Request all papers, those that the feed leaves out once more; what is still missing then, the pages tell."""
        papers: dict[str, list[URL]] = {}
        for url in urls:
            match = _PATH.fullmatch(url.path)
            if match:
                papers.setdefault(match[1], []).append(url)
        names = sorted(papers)
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            known = await self._known(batch)
            if missing := [name for name in batch if name not in known]:
                await self.examiner.follower.clock.sleep(self.examiner.follower.policy.confirm_wait)
                known |= await self._known(missing)
            for name in batch:
                for url in papers[name] if name in known else ():
                    tell(url, Finding(Result(Verdict.OK, Reason.ANSWERED, 200, answered=True, method="API")))

    async def _known(self, names: Sequence[str]) -> frozenset[str]:
        """Those of *names* that the feed has; none where it fails."""
        query = f"{self.endpoint}/api/query?id_list={','.join(names)}&max_results={len(names)}"
        called = await self.examiner.call(HttpRequest(URL(query), "GET", keep=_FEED))
        answer = called.answer
        if isinstance(answer, Result) or answer.status != 200 or not answer.body or not answer.body.complete:
            return frozenset()
        return frozenset(_ENTRY.findall(answer.body.text))
