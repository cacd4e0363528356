"""When a reading is safe: when the form of the cells rules out every other one that a reader could think of.

Likelihoods rank readings; they do not prove any.  A reading is proved where

- it needs one kind of change only, and as many as the cell count asks for: a reading that needs two independent faults
  is no rival of one that needs one, nor the other way round;
- all its cells may stand where it puts them;
- no other reading with a single kind of change puts all cells where they may stand;
- nor do the cells as they stand, with the rest cut off or added as GitHub does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb

from awesome_lint.regex import regex
from awesome_lint.repair.align import Change, Reading
from awesome_lint.repair.constants import FEW_VALUES, MOST_RIVALS, RULED_OUT
from awesome_lint.repair.forms import BLANK, WORDS, Forms, alignments, form_of, is_blank
from awesome_lint.repair.fragments import are_too_short, goes_on, is_cut, may_join
from awesome_lint.repair.knowledge import Knowledge
from awesome_lint.repair.row import DamagedRow, Line
from awesome_lint.repair.value import Value, read
from awesome_lint.source import Span
from awesome_lint.text.placeholders import find_placeholder

_MARKUP_START = regex(r"(?:!?\[|<(?!br)|`|\*\*|__|https?:)")
_BESIDE_MARK = regex(r"(?<=[^\s|])[ \t]+(?=[^\w\s|])|(?<=[^\w\s|])[ \t]+(?=[^\s|])")
_CONNECTIVE = regex(r"[&+/:;,–—]+")
_MARKUP_END = regex(r"(?:\]|</\w+>|`|\*\*|__)$")
_LONGEST_TOKEN = 80
"""Characters at a place that tell what touches there; longer ones are neither words nor numbers."""
_MOST_DROPS = 400
"""Ways to choose superfluous blanks that are compared."""


def is_proved(row: DamagedRow, readings: Sequence[Reading], known: Knowledge) -> bool:
    """Whether the forms of the cells leave the first of *readings*, best first, as the only one of *row*."""
    reading = readings[0]
    kinds, forms = {step.change for step in reading.changes}, known.forms
    if len(kinds) != 1 or row.enclosed or not _may_stand(row, reading, forms):
        return False
    (kind,) = kinds
    if row.count > forms.width:
        counts = len(reading.changes) == row.count - forms.width
        return counts and known.rows >= FEW_VALUES and _is_only_shortening(row, readings, forms, kind)
    if len(reading.changes) != forms.width - row.count:
        return False
    return _is_only_widening(row, reading, known, kind)


def _may_stand(row: DamagedRow, reading: Reading, forms: Forms) -> bool:
    """Whether the values that *reading* moves may stand where it puts them."""
    stood = []
    for step, _ in reading.places():
        if step.change is None:
            stood.append(sum(pipe < step.start for pipe in row.inner_pipes))
        elif step.change == Change.GAP:
            stood.append(-1)
    values = [read(cell) for cell in reading.cells]
    return forms.accept(values, stood)


def _is_only_widening(row: DamagedRow, reading: Reading, known: Knowledge, kind: Change | None) -> bool:
    """The same for a row with fewer cells than the header."""
    forms = known.forms
    cuts = [step.start for step in reading.changes]
    if kind == Change.PIPE and all(cut in row.closing_ends for cut in cuts):
        return not _other_cuts_at_ends(row, cuts, forms)
    if row.scan.lost or known.rows < FEW_VALUES:
        return False
    splits = list(plain_splits(row, forms, 2))
    if kind == Change.GAP:
        return not splits and _is_only_placement(row, reading, known)
    may_be_one = not _is_told_apart(row, cuts[0], reading.cells, forms)
    is_placed = may_be_one and bool(alignments([read(cell) for cell in row.cells], forms, 1))
    if is_placed or splits != [reading.cells] or any(_cuts_by_markup(row, forms, except_at=cuts[0])):
        return False
    return _is_cut_by_form(row, cuts, reading.cells, forms)


def _is_told_apart(row: DamagedRow, cut: int, cells: Sequence[str], forms: Forms) -> bool:
    """Whether what stands beside *cut* would be two values even where the cell as a whole may stand.

    That is a sign such as `-` that means "nothing", or names that both recur in their columns and never together.
    """
    column = sum(pipe < cut for pipe in row.inner_pipes)
    left, right = (read(cell) for cell in cells[column : column + 2])
    if any(_is_sign(cells[side]) and forms.writes_blanks(side) for side in (column, column + 1)):
        return True
    are_names = forms.is_whole_name(column, left, at_end=False) and forms.is_whole_name(column + 1, right, at_end=True)
    return (
        are_names
        and not forms.is_part(column, right, at_end=True)
        and not forms.is_part(column + 1, left, at_end=False)
    )


def _is_sign(cell: str) -> bool:
    found = find_placeholder(cell)
    return bool(cell) and found is not None and found.is_sign


def _cuts_by_markup(row: DamagedRow, forms: Forms, *, except_at: int) -> Iterator[int]:
    """Other places than *except_at* where something else than words ends or begins, and a pipe may have stood."""
    for place in (boundary.start for boundary in row.boundaries(words=True)[1:-1] if not boundary.stands):
        cells = _cells(row, [place])
        if place == except_at or len(cells) != forms.width:
            continue
        values = list(map(read, cells))
        column = sum(pipe < place for pipe in row.inner_pipes)
        if form_of(values[column]) == form_of(values[column + 1]) == WORDS:
            continue
        stood = [*range(column + 1), *range(column, row.count)]
        is_foreign = forms.is_foreign(column, values[column]) or forms.is_foreign(column + 1, values[column + 1])
        if not is_foreign and forms.accept(values, stood) and tuple(cells) != tuple(_cells(row, [except_at])):
            yield place


def _is_cut_by_form(row: DamagedRow, cuts: Sequence[int], cells: Sequence[str], forms: Forms) -> bool:
    """Whether the form of a cell beside each place where a pipe is put back shows that it ends or begins there.

    Between words it could stand anywhere: a name that is known may be the end of a longer one that is not.
    """
    for cut in cuts:
        column = sum(pipe < cut for pipe in (*row.inner_pipes, *(other for other in cuts if other < cut)))
        left, right = cells[column : column + 2]
        is_marked = form_of(read(left)) != WORDS or form_of(read(right)) != WORDS
        if is_marked and not _is_between_words(row, cut, left, right):
            continue
        if goes_on(left, right):
            return False
        is_name = forms.is_whole_name(column, read(left), at_end=False)
        if not is_name and not forms.is_whole_name(column + 1, read(right), at_end=True):
            return False
    return True


def _is_only_placement(row: DamagedRow, reading: Reading, known: Knowledge) -> bool:
    """Whether no other choice of the empty columns has cells that fit nearly as well.

    How often a column is empty does not count: that would only say where rows lack cells, not where this one does.
    """
    values, forms = [read(cell) for cell in row.cells], known.forms
    chosen = tuple(column for step, column in reading.places() if step.change is None)
    if not _is_moved_by_form(values, chosen, forms):
        return False
    placed = list(enumerate(zip(values, chosen, strict=True)))
    free = {i for i, (value, column) in placed if forms.is_foreign(i, value) and forms.is_foreign(column, value)}
    ways = alignments(values, forms, MOST_RIVALS, free=free)
    if not ways:  # a column that was never empty has lost its value
        ways = alignments(values, forms, MOST_RIVALS, free=free, anywhere=True)
    if not 0 < len(ways) < MOST_RIVALS:
        return False
    if any(_may_be_two(cell, chosen, i, forms) for i, cell in enumerate(row.cells)):
        return False
    best = known.fit(values, chosen)
    shown = [read(cell).text for cell in reading.cells]
    return all(best - known.fit(values, way) >= RULED_OUT for way in ways if _shown(values, way, len(shown)) != shown)


def _is_moved_by_form(values: Sequence[Value], chosen: Sequence[int], forms: Forms) -> bool:
    """Whether one of *values* may be in the column *chosen* for it, and not in the one where it is."""
    return any(
        forms.shows_move(index, column, value) for index, (value, column) in enumerate(zip(values, chosen, strict=True))
    )


def _may_be_two(cell: str, chosen: Sequence[int], index: int, forms: Forms) -> bool:
    """Whether *cell*, the one with this *index*, may be two cells that have lost the pipe between them.

    Then one half belongs in the next column or the one before, where none of the columns *chosen* for the cells is.
    Between words only a cell that is moved is cut: one that stays is no worse for it, and nor are the ones
    that are moved, since they belong where they are moved whether the empty column was left out or swallowed.
    """
    value, column = read(cell), chosen[index]
    if value.empty:
        return False
    is_homeless = forms.is_homeless(value)
    part = DamagedRow((Line(Span(0, len(cell)), cell),))
    free = [first for first in (column - 1, column) if _is_free(2 * first + 1 - column, chosen, forms)]
    for place in _places_of_a_pipe(part, words=is_homeless or index != column):
        halves = cell[:place], cell[place:]
        is_plain = not is_homeless and _is_between_words(part, place, *halves)
        for first in free:
            sides = [(side, read(half)) for side, half in zip((first, first + 1), halves, strict=True)]
            if any(forms.is_foreign(side, half) and not forms.is_homeless(half) for side, half in sides):
                continue
            if not is_plain or all(form_of(half) != WORDS or forms.takes_words(side, half) for side, half in sides):
                return True
    return False


def _places_of_a_pipe(part: DamagedRow, *, words: bool) -> list[int]:
    """Where *part*, a cell, may have lost a pipe; with *words* also between words, or beside a mark in a long text."""
    places = {boundary.start for boundary in part.boundaries(words)[1:-1]}
    if words:
        places.update(gap.start() for gap in _BESIDE_MARK.finditer(part.text) if part.may_be_cut(gap.start()))
    return sorted(places)


def _is_free(column: int, chosen: Sequence[int], forms: Forms) -> bool:
    return 0 <= column < forms.width and column not in chosen


def _shown(values: Sequence[Value], columns: Sequence[int], width: int) -> list[str]:
    """What is in each column when *values* are in *columns*."""
    cells = [""] * width
    for column, value in zip(columns, values, strict=True):
        cells[column] = value.text
    return cells


def _other_cuts_at_ends(row: DamagedRow, cuts: Sequence[int], forms: Forms) -> bool:
    """Whether pipes at other lost ends would also put all cells where they may stand."""
    ends = list(row.closing_ends)
    if len(ends) == len(cuts):
        return False
    for chosen in combinations(ends, len(cuts)):
        if list(chosen) != list(cuts) and forms.fits_in_place(list(map(read, _cells(row, chosen)))):
            return True
    return False


def _cells(row: DamagedRow, cuts: Sequence[int]) -> list[str]:
    """The cells of *row* with pipes put at *cuts* as well."""
    left, right = row.edges
    starts = sorted([left.end, *(pipe + 1 for pipe in row.inner_pipes), *cuts])
    ends = sorted([*row.inner_pipes, *cuts, right.start])
    return [row.closed[a:b].strip() for a, b in zip(starts, ends, strict=True)]


def plain_splits(row: DamagedRow, forms: Forms, most: int) -> Iterator[tuple[str, ...]]:
    """The readings of *row*, which lacks cells, with a pipe put back where both sides of it are at home.

    Only rows that lack one cell are tried; at most *most* readings are found.
    """
    if forms.width - row.count != 1:
        return
    places = {boundary.start for boundary in row.boundaries(words=True) if not boundary.stands}
    found = 0
    for place in sorted(places - {row.edges[0].start, row.edges[1].start}):
        cells = _cells(row, [place])
        values = list(map(read, cells))
        column = sum(pipe < place for pipe in row.inner_pipes)
        stood = [*range(column + 1), *range(column, row.count)]
        sides = (column, column + 1)
        is_between = _is_between_words(row, place, *(cells[side] for side in sides))
        is_told = not is_between or any(forms.is_name(side, values[side]) for side in sides)
        if is_told and _are_two(values, column, forms) and forms.accept(values, stood):
            yield tuple(cells)
            found += 1
            if found == most:
                return


def _is_between_words(row: DamagedRow, place: int, left: str, right: str) -> bool:
    """Whether nothing but words touch at *place* in the closed text, which cuts a cell into *left* and *right*.

    Where a link, a tag, an address or a number ends or begins, a cell often ends as well.
    """
    left, right = left.rstrip()[-_LONGEST_TOKEN:], right.lstrip()[:_LONGEST_TOKEN]
    if place in row.ends or _MARKUP_END.search(left) or _MARKUP_START.match(right):
        return False
    tokens = (*left.split()[-1:], *right.split()[:1])
    return all(form_of(read(token)) == WORDS or _CONNECTIVE.fullmatch(token) for token in tokens)


def _are_two(values: Sequence[Value], column: int, forms: Forms) -> bool:
    """Whether what is in *column* and the next one are two values, as each is at home there.

    A placeholder stands for itself: with a value, or another one, beside it there are two cells.
    """
    sides = (column, column + 1)
    if any(values[side].empty for side in sides):
        return False
    blanks = [side for side in sides if form_of(values[side]) == BLANK]
    if blanks:
        return all(forms.may_be_blank(s) if s in blanks else forms.is_home(s, values[s]) for s in sides)
    is_home = all(forms.is_home(side, values[side]) for side in sides)
    return is_home and any(forms.is_telling(side, values[side]) for side in sides)


def _is_only_shortening(row: DamagedRow, readings: Sequence[Reading], forms: Forms, kind: Change | None) -> bool:
    """The same for a row with more cells than the header."""
    values, best = [read(cell) for cell in row.cells], readings[0]
    surplus = row.count - forms.width
    joins = cut_texts(row, forms) if surplus == 1 else []
    if kind == Change.DROP:
        drops = list(_drops(row.cells, surplus, forms))
        is_only = drops == [best.cells] and not joins and not _ends_in_surplus(values, forms)
        return is_only and not any(_may_be_cut(reading, best) for reading in readings[1:])
    # halves of a text are whole values in no reading that leaves them apart
    return kind == Change.ESCAPE and joins == [best.cells]


def _may_be_cut(reading: Reading, best: Reading) -> bool:
    """Whether *reading* takes a pipe for text, and fits nearly as well as *best*."""
    return best.score - reading.score < RULED_OUT and any(step.change == Change.ESCAPE for step in reading.changes)


def _ends_in_surplus(values: Sequence[Value], forms: Forms) -> bool:
    """Whether all values stand where they may, and only the last ones have no column."""
    return forms.fits_in_place(values) and any(not value.empty for value in values[forms.width :])


def _drops(cells: Sequence[str], surplus: int, forms: Forms) -> Iterator[tuple[str, ...]]:
    """The rows that are left when *surplus* blank cells are removed, if all their values may be where they are."""
    blanks = [index for index, cell in enumerate(cells) if is_blank(cell)]
    if comb(len(blanks), surplus) > _MOST_DROPS:
        yield from ((), ())  # more than one, whichever they are
        return
    seen: set[tuple[str, ...]] = set()
    for chosen in combinations(blanks, surplus):
        rest = tuple(cell for index, cell in enumerate(cells) if index not in chosen)
        if rest not in seen and forms.fits_in_place(list(map(read, rest))):
            seen.add(rest)
            yield rest


def cut_texts(row: DamagedRow, forms: Forms) -> list[tuple[str, ...]]:
    """The rows that are left when two neighbouring cells that a stray pipe has cut are joined.

    That both halves are too short for the column shows it only where no other two neighbours may be halves of a text.
    """
    joined = [index for index in range(min(len(row.inner_pipes), forms.width)) if _fits_joined(row, index, forms)]
    cut = [index for index in joined if is_cut(row.cells[index], row.cells[index + 1], forms, index)]
    if not cut and len(joined) == 1:
        (index,) = joined
        if are_too_short(row.cells[index], row.cells[index + 1], forms, index):
            cut = joined
    return [_joined(row, index) for index in cut]


def _joined(row: DamagedRow, index: int) -> tuple[str, ...]:
    """The cells of *row* with the one at *index* and the next one joined."""
    pipe = row.inner_pipes[index]
    start, end = row.closed.rfind("|", 0, pipe) + 1, row.closed.find("|", pipe + 1)
    text = row.closed[start : end if end >= 0 else len(row.closed)].strip()
    return (*row.cells[:index], text, *row.cells[index + 2 :])


def _fits_joined(row: DamagedRow, index: int, forms: Forms) -> bool:
    if not may_join(row.cells[index], row.cells[index + 1]):
        return False
    return forms.fits_in_place([read(cell) for cell in _joined(row, index)])
