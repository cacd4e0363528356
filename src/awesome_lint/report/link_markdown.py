"""Links by verdict and section, as the body of an issue: addresses can be followed, and nothing in them can act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from awesome_lint.link_status import LinkStatus, Verdict
from awesome_lint.report.inert_markdown import clickable, plain
from awesome_lint.report.link_groups import LinkGroup, counted, group_links, new_address, remark
from awesome_lint.report.link_list import ListedLink

_ROOM = 60_000
"""Characters: GitHub takes 65,536 for an issue."""
_MOST_LINES = 5
_NOT_TO_FOLLOW = frozenset({Verdict.INVALID, Verdict.UNSAFE_TARGET})


def render(listed: Sequence[ListedLink], verdicts: Collection[Verdict]) -> str:
    """A heading for each verdict that is to be acted on, one for each section in it, and a line for each link.

    The rest is counted, unless *verdicts* name it.  What is too long for an issue is left out, and a line says so.
    """
    groups = list(group_links(listed, verdicts))
    counts = {group.verdict: 0 for group in groups}
    for group in groups:
        counts[group.verdict] += len(group.links)
    if not groups:
        return "No links.\n"
    total = sum(counts.values())
    head = f"{total:,} link{'' if total == 1 else 's'}: {counted(counts)}.\n"
    shown = [group for group in groups if group.to_do or verdicts]
    body, left_out = _fitting([part for group in shown for part in _parts(group)], _ROOM - len(head))
    more = f"\n{left_out:,} more links do not fit here.\n" if left_out else ""
    return head + body + more + _rest([group for group in groups if group not in shown])


def _fitting(parts: Sequence[tuple[str, bool]], room: int) -> tuple[str, int]:
    """The first of *parts*, as many as fit, and how many links are left out; each part tells whether it is a link."""
    kept: list[str] = []
    for number, (text, _) in enumerate(parts):
        room -= len(text)
        if room < 0:
            return "".join(kept), sum(is_link for _, is_link in parts[number:])
        kept.append(text)
    return "".join(kept), 0


def _parts(group: LinkGroup) -> Iterator[tuple[str, bool]]:
    advice = f"{group.advice[0].upper()}{group.advice[1:]}.\n" if group.advice else ""
    yield f"\n## {_title(group)}\n\n{advice}", False
    in_order = sorted(group.links, key=lambda places: (places[0].path, places[0].start))
    for (path, section), members in groupby(in_order, key=lambda places: (places[0].path, places[0].section)):
        title = plain(" > ".join(section) or path)
        yield f"\n### {title}\n\n", False
        yield from ((_line(places), True) for places in members)


def _title(group: LinkGroup) -> str:
    count = len(group.links)
    return f"{count:,} link{'' if count == 1 else 's'}: {group.verdict}"


def _line(places: Sequence[ListedLink]) -> str:
    status = places[0].status
    new, more = new_address(status), remark(status)
    label = places[0].text.strip()
    name = f"{plain(label[:60])}: " if label and label != status.url else ""
    parts = [f"- {name}{_address(status, status.url)}"]
    parts += [f" is now {_address(status, new)}"] if new and _is_move(status) else []
    parts += [f" leads to {_address(status, new)}"] if new and not _is_move(status) else []
    parts += [f": {plain(more)}"] if more else []
    parts += [f"; a copy is at {clickable(status.snapshot)}"] if status.snapshot else []
    return f"{''.join(parts)} ({plain(_lines(places))})\n"


def _is_move(status: LinkStatus) -> bool:
    return status.verdict is Verdict.MOVED_PERMANENTLY and not remark(status)


def _address(status: LinkStatus, url: str) -> str:
    return plain(url) if status.verdict in _NOT_TO_FOLLOW else clickable(url)


def _lines(places: Sequence[ListedLink]) -> str:
    first = places[0]
    lines = [str(each.start.line) if each.path == first.path else each.place for each in places]
    more = ", …" if len(lines) > _MOST_LINES else ""
    return f"{first.path}, line{'' if len(lines) == 1 else 's'} {', '.join(lines[:_MOST_LINES])}{more}"


def _rest(groups: Sequence[LinkGroup]) -> str:
    """A line for each verdict that nobody has to act on; those of which nothing is known come first, by themselves."""
    unknown = [group for group in groups if group.verdict is Verdict.UNCHECKED]
    fine = [group for group in groups if group not in unknown]
    return _counts("Not checked", unknown) + _counts("Nothing to do", fine)


def _counts(heading: str, groups: Sequence[LinkGroup]) -> str:
    lines = [f"- {_title(group)}{f'; {group.advice}' if group.advice else ''}\n" for group in groups]
    return f"\n## {heading}\n\n{''.join(lines)}" if lines else ""
