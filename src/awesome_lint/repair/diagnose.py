"""From a reading to a repair: what happened to the row, what is gone for good, and how sure the fix is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix
from awesome_lint.regex import regex
from awesome_lint.repair import rewriting
from awesome_lint.repair.align import Change, Reading, Step
from awesome_lint.repair.constants import LIKELY, MOST_MISSING, OFTEN_EMPTY, SHOWN
from awesome_lint.repair.lines import TableLines
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.profile import Profile
from awesome_lint.repair.rewriting import rewrite
from awesome_lint.repair.row import DamagedRow, Line
from awesome_lint.repair.value import EMPTY, faults
from awesome_lint.source import Span

_DANGLING = regex(r"\[!\[([^\[\]]*)\]\([^()]*\)(?!\s*\])")


class _Gap(Struct, frozen=True):
    """A column that a reading leaves empty; ``inserted`` is false where the blank was there already."""

    column: int
    at_lost_end: bool
    at_edge: bool
    inserted: bool = True


def diagnose(
    row: DamagedRow, readings: Sequence[Reading], confidence: float, profile: Profile, *, is_proved: bool
) -> Repair:
    """The repair of *row* by the best of its *readings*.

    *confidence* is the share that it has of them all; *is_proved* tells whether forms rule the others out.
    """
    best = readings[0]
    edits, text = rewrite(row, best)
    gaps = _gaps(row, best)
    losses = _losses(best, gaps, profile)
    empty = tuple(gap.column for gap in gaps if gap.inserted)
    cause, culprits = _cause(row, best, gaps)
    if (confidence < LIKELY and not is_proved) or _only_pads(row, best, gaps):
        shown = tuple(dict.fromkeys(rewrite(row, reading)[1] for reading in readings[:SHOWN]))
        return Repair(text, None, cause, row.spans, shown, losses, culprits, empty)
    half_gone = bool(row.scan.lost) and is_half_gone(text)
    is_safe = is_proved and not half_gone and all(_may_be_empty(profile, gap) for gap in gaps)
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    fix = Fix(_message(cause), edits, applicability, losses)
    return Repair(text, fix, cause, row.spans, (), losses, culprits, empty)


def pad(row: DamagedRow, columns: int) -> Repair:
    """The repair of *row*, whose cells stand where they belong and only the last of the *columns* are left out.

    A row that lacks most of its cells is none to be filled up: it may be a label, and it would grow many times.
    """
    if columns - row.count > max(MOST_MISSING, row.count):
        return Repair(row.text, None, Cause.MISSING_TAIL, row.spans)
    end = row.edges[1].start
    gaps = tuple(Step(end, end, Change.GAP) for _ in range(columns - row.count))
    edits, text = rewrite(row, Reading(0.0, tuple(row.cells) + ("",) * len(gaps), gaps))
    cause = Cause.MISSING_TAIL
    fix = Fix(_message(cause), edits, Applicability.FORMAT)
    return Repair(text, fix, cause, row.spans, gaps=tuple(range(row.count, columns)))


def escape(row: DamagedRow, *, is_safe: bool) -> Repair:
    """The repair of *row*, in which pipes are enclosed by code, brackets, mathematics or a link."""
    edits, text = rewrite(row, None)
    in_code = all(_is_in_code(row.text, Step(pipe, pipe + 1)) for pipe in row.enclosed)
    cause = Cause.CODE_PIPE if in_code else Cause.STRAY_PIPE
    culprits = tuple(row.place(pipe, pipe + 1) for pipe in row.enclosed)
    fix = Fix(_message(cause), edits, Applicability.SAFE if is_safe else Applicability.UNSAFE)
    return Repair(text, fix, cause, row.spans, culprits=culprits)


def is_lossy(row: DamagedRow, reading: Reading) -> bool:
    """Whether a value may be gone with the end of a link: then the row does not show that its column was empty."""
    return any(gap.at_lost_end for gap in _gaps(row, reading))


def close(row: DamagedRow, *, doubtful: bool) -> Repair:
    """The repair of a row whose cells are all there, but a link or tag in it is cut off.

    It is *doubtful* where more may be gone than what closes it.
    """
    edits, text = rewrite(row, None)
    losses = tuple(f"the address of the image “{alt}” is gone" for alt in _dangling(text))
    if doubtful and not losses:
        losses = ("as in other rows, text may have been lost with the end",)
    applicability = Applicability.UNSAFE if doubtful or is_half_gone(text) else Applicability.SAFE
    marks = dict.fromkeys(f"`{lost.marks}`" for lost in row.scan.lost)
    fix = Fix(f"Add the missing {' and '.join(marks)}", edits, applicability, losses)
    return Repair(text, fix, Cause.LOST_END, row.spans, (), losses, row.lost_spans)


def trim(row: DamagedRow, columns: int) -> Repair:
    """The repair of a row that has empty cells after its last column."""
    edits, text = rewriting.trim(row, columns)
    closed = bool(row.scan.lost) or len(row.lines) > 1
    applicability = Applicability.SAFE if closed else Applicability.FORMAT
    cause = Cause.WRAPPED if len(row.lines) > 1 else Cause.EXTRA_CELL
    return Repair(text, Fix(_message(cause), edits, applicability), cause, row.spans)


def together(repairs: Sequence[tuple[int, Repair]], body: TableLines) -> Iterator[Repair]:
    """The *repairs* of a table, each with the index of its first line in *body*.

    A row that continues after the table brings all lines there back into the table when it is joined.  What else is
    broken there must be joined with it, or it would come apart as rows of its own: such repairs share one fix.
    """
    inside = body.inside
    crossing = next((repair for index, repair in repairs if index < inside < index + len(repair.lines)), None)
    if not crossing or not crossing.fix:
        yield from (repair for _, repair in repairs)
        return
    following = [repair.fix for index, repair in repairs if index >= inside and repair.fix]
    shared = _share(crossing.fix, following, body.breaks)
    edits = set(shared.edits) if shared else set()
    for _, repair in repairs:
        is_shared = repair is crossing or (repair.fix and edits.issuperset(repair.fix.edits))
        yield replace(repair, fix=shared) if is_shared else repair


def _share(crossing: Fix, fixes: Sequence[Fix], breaks: Sequence[int]) -> Fix | None:
    """One fix for all, with the unsafe ones only if a link would break in two without; None if one does anyway."""
    safe = [fix for fix in fixes if fix.applicability is not Applicability.UNSAFE]
    for chosen, applicability in ((safe, crossing.applicability), (fixes, Applicability.UNSAFE)):
        edits = tuple(edit for fix in (crossing, *chosen) for edit in fix.edits)
        if all(_takes_out(edits, place) for place in breaks):
            losses = tuple(loss for fix in (crossing, *chosen) for loss in fix.losses)
            return Fix(crossing.message, edits, applicability, losses)
    return None


def _takes_out(edits: Sequence[Edit], place: int) -> bool:
    """Whether one of *edits*, which are in order, takes out the character at *place*."""
    index = bisect_right(edits, place, key=lambda edit: edit.span.start) - 1
    return index >= 0 and place < edits[index].span.end


def _gaps(row: DamagedRow, reading: Reading) -> list[_Gap]:
    """The columns that *reading* leaves empty, and whether something may have been there."""
    found = []
    right = row.edges[1].start
    put_back = -1
    for step, column in reading.places():
        if step.change == Change.GAP:
            found.append(_Gap(column, step.start in row.closing_ends, step.start >= right))
        elif step.change == Change.PIPE:
            put_back = step.start
        elif not step.change and step.start == put_back and not row.closed[step.start : step.end].strip():
            found.append(_Gap(column, put_back in row.closing_ends, at_edge=False, inserted=False))
    return found


def _may_be_empty(profile: Profile, gap: _Gap) -> bool:
    """Whether nothing of worth was lost where *gap* is: what ate the end of a link may have eaten a value too."""
    if not gap.at_lost_end:
        return True
    column = profile.columns[gap.column]
    return column.forms[EMPTY] >= OFTEN_EMPTY * max(column.seen, 1)


def _only_pads(row: DamagedRow, reading: Reading, gaps: Sequence[_Gap]) -> bool:
    """Whether GitHub renders the same before and after: it pads short rows itself."""
    return (
        not row.scan.lost and len(row.lines) == 1 and len(gaps) == len(reading.changes) and all(g.at_edge for g in gaps)
    )


def _losses(reading: Reading, gaps: Sequence[_Gap], profile: Profile) -> tuple[str, ...]:
    found = [
        f"the value of {_name(profile, gap.column)} may have been lost with the end of the link"
        for gap in gaps
        if gap.at_lost_end and (gap.inserted or not _may_be_empty(profile, gap))
    ]
    found += (f"the address of the image “{text}” is gone" for cell in reading.cells for text in _dangling(cell))
    return tuple(found)


def _name(profile: Profile, column: int) -> str:
    return f"“{profile.names[column]}”" if profile.names[column] else f"column {column + 1}"


def is_half_gone(row: str) -> bool:
    """Whether a repaired *row* still has half a link or half of a pair of marks: more was lost than was put back."""
    cells = DamagedRow((Line(Span(0, len(row)), row),)).cells
    return bool(_dangling(row)) or any(map(faults, cells))


def _dangling(text: str) -> list[str]:
    """The images in *text* that opened a link which is gone: ``[![x](y)`` without ``](z)``."""
    return [match[1] for match in _DANGLING.finditer(text)]


def _cause(row: DamagedRow, reading: Reading, gaps: Sequence[_Gap]) -> tuple[Cause, tuple[Span, ...]]:
    """What happened, and the spans of the marks that show it."""
    if len(row.lines) > 1:
        return Cause.WRAPPED, row.lost_spans
    steps = {change: [s for s in reading.changes if s.change == change] for change in Change}
    swallowed = [s.start for s in (*steps[Change.PIPE], *steps[Change.GAP]) if s.start in row.closing_ends]
    if swallowed:
        return Cause.SWALLOWED_PIPE, tuple(row.lost_span_at(start) for start in dict.fromkeys(swallowed))
    if steps[Change.ESCAPE]:
        pipes = steps[Change.ESCAPE]
        in_code = all(_is_in_code(row.closed, step) for step in pipes)
        places = tuple(row.place(step.start, step.end) for step in pipes)
        return (Cause.CODE_PIPE if in_code else Cause.STRAY_PIPE), places
    if steps[Change.PIPE]:
        return Cause.LOST_PIPE, tuple(row.place(s.start, s.end) for s in steps[Change.PIPE])
    if steps[Change.GAP]:
        return (Cause.MISSING_TAIL if all(gap.at_edge for gap in gaps) else Cause.MISSING_CELL), ()
    return (Cause.EXTRA_CELL if steps[Change.DROP] else Cause.UNKNOWN), ()


def _is_in_code(text: str, step: Step) -> bool:
    before = text[: step.start].count("`")
    return bool(before % 2) and "`" in text[step.end :]


def _message(cause: Cause) -> str:
    return _MESSAGES.get(cause, "Put the row back together")


_MESSAGES = {
    Cause.SWALLOWED_PIPE: "Add the missing `)` and `|`",
    Cause.LOST_PIPE: "Add the missing `|`",
    Cause.MISSING_CELL: "Add the missing empty cell",
    Cause.MISSING_TAIL: "Add the missing cells at the end of the row",
    Cause.STRAY_PIPE: "Escape the `|` that belongs to the text",
    Cause.CODE_PIPE: "Escape the `|` in the code",
    Cause.EXTRA_CELL: "Remove the extra cell, which holds no value",
    Cause.WRAPPED: "Join the lines of the row",
    Cause.JOINED: "Put the second row on its own line",
}
