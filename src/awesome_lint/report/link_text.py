"""Links by verdict, for people: what to act on is listed, the rest is counted, a line for each verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from awesome_lint.link_status import Verdict
from awesome_lint.report.inert import inert
from awesome_lint.report.link_groups import LinkGroup, group_links, new_address, remark
from awesome_lint.report.link_list import ListedLink

_MOST_LINES = 5


def render(listed: Sequence[ListedLink], verdicts: Collection[Verdict]) -> str:
    """A block for each verdict; all links of *verdicts* are listed where any is given."""
    groups = list(group_links(listed, verdicts))
    lines: list[str] = []
    for group in groups:
        if group.to_do or verdicts:
            lines += [*_block(group), ""]
        else:
            lines.append(_heading(group))
    folded = not verdicts and any(not group.to_do for group in groups)
    if folded:
        lines += ["", "--verdict NAME lists the links of a verdict"]
    return "".join(f"{inert(line)}\n" for line in lines)


def _block(group: LinkGroup) -> Iterator[str]:
    yield _heading(group)
    yield from (f"  {_line(places)}" for places in group.links)


def _heading(group: LinkGroup) -> str:
    count = len(group.links)
    links = f"{count:,} link{'' if count == 1 else 's'}"
    return f"{group.verdict}: {links}{f'; {group.advice}' if group.advice else ''}"


def _line(places: Sequence[ListedLink]) -> str:
    first, *others = places
    status = first.status
    new, more = new_address(status), remark(status)
    parts = [f"{first.place}: {status.url}", f" -> {new}" if new else "", f": {more}" if more else ""]
    if others:
        listed = ", ".join(_other_place(first, other) for other in others[:_MOST_LINES])
        parts.append(f"; also {listed}{', …' if len(others) > _MOST_LINES else ''}")
    if status.snapshot:
        parts.append(f"; the web archive has a copy: {status.snapshot}")
    return "".join(parts)


def _other_place(first: ListedLink, other: ListedLink) -> str:
    return f"line {other.start.line}" if other.path == first.path else other.place
