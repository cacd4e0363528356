"""What the header of a column says about its values, in the languages in which lists are written."""

from __future__ import annotations

import re

_DATE = """
year years date dates published released release publication 年份 年 日期 公開年 发表年份
السنة год дата año année jahr ano
"""
_OTHER_DATE = "update updated added accessed access last crawled checked"
_JOURNAL = "journal journals 期刊 revista revue журнал"
_CONFERENCE = "conference conferences proceedings booktitle 会议 會議 конференция"
_VENUE = f"venue venues jc 发表 期刊会议 {_JOURNAL} {_CONFERENCE}"


def says_date(header: str) -> bool:
    """Whether *header* announces when something was published; when it was last looked at is another matter."""
    words = _words(header)
    return bool(words & {*_DATE.split()}) and not words & {*_VENUE.split(), *_OTHER_DATE.split()}


def says_venue(header: str) -> bool:
    """Whether *header* announces where something was published."""
    return bool(_words(header) & {*_VENUE.split()})


def says_journal(header: str) -> bool:
    """Whether *header* announces journals and nothing else."""
    return _words(header) & {*_VENUE.split()} <= {*_JOURNAL.split()} and says_venue(header)


def says_conference(header: str) -> bool:
    """Whether *header* announces conferences and nothing else."""
    return _words(header) & {*_VENUE.split()} <= {*_CONFERENCE.split()} and says_venue(header)


def _words(header: str) -> set[str]:
    words = re.findall(r"[^\W_]+", header.lower())
    return {*words, "".join(words)}
