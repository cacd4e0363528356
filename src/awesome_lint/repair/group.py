"""Tables with the same header: they are learned from and repaired together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability
from awesome_lint.repair.align import Change, Reading, Step
from awesome_lint.repair.constants import (
    ENOUGH_INTACT,
    LESSONS,
    MOST_HALF_GONE,
    MOST_SURPLUS,
    NEARLY_AS_LIKELY,
    SHOWN,
    SURE,
)
from awesome_lint.repair.diagnose import close, diagnose, escape, is_half_gone, is_lossy, pad, together, trim
from awesome_lint.repair.forms import Forms
from awesome_lint.repair.joining import Joiner
from awesome_lint.repair.knowledge import Knowledge
from awesome_lint.repair.lines import TableLines, fits, is_readable
from awesome_lint.repair.model import Cause, Repair
from awesome_lint.repair.reader import Reader, share
from awesome_lint.repair.rewriting import rewrite
from awesome_lint.repair.row import BAR, DamagedRow, Line
from awesome_lint.repair.safety import cut_texts, is_proved, plain_splits
from awesome_lint.repair.split import split_rows
from awesome_lint.repair.value import Value, read
from awesome_lint.source import Span


class Group:
    """The tables with one header, each as its lines, and what they teach.

    *relatives* are values of columns of the same name in other tables, each with the column's index here; *wider* are
    the tables that have all columns of these and more.
    """

    def __init__(
        self,
        bodies: Sequence[TableLines],
        relatives: Iterable[tuple[int, Value]],
        wider: Sequence[Sequence[TableLines]] = (),
    ) -> None:
        self._wider = wider
        self._width = bodies[0].width
        self._bodies = bodies
        self._relatives = list(relatives)
        self._proved: dict[Span, Repair] = {}
        self._other_forms: dict[tuple[str, ...], Forms] = {}
        self._learn()

    def _learn(self) -> None:
        """Learn from the rows that are intact, or proved to be once they are repaired."""
        intact = [row for body in self._bodies for row in (*body.intact_rows(), *self._proved_rows(body))]
        self._intact = len(intact)
        unfinished = list(self._unfinished(intact))
        self.known = Knowledge(self._bodies[0].table.columns, intact, unfinished, self._relatives)
        self.reader = Reader(self.known, self._width)
        self._taught: dict[Span, list[Value]] = {}
        if self.known.rows < ENOUGH_INTACT:
            self._learn_from_damaged()

    def _proved_rows(self, body: TableLines) -> Iterator[list[Value]]:
        """The values of the rows of *body* whose repair is proved, as they read once they are repaired."""
        for line in body.lines if self._proved else ():
            repair = self._proved.get(line.span)
            for text in repair.row.split("\n") if repair and repair.lines[0] == line.span else ():
                row = body.core(DamagedRow((Line(Span(0, len(text)), text),)))
                if row.count == self._width:
                    yield [read(cell) for cell in row.cells]

    def _unfinished(self, intact: Sequence[Sequence[Value]]) -> Iterator[list[Value]]:
        """The rows that seem to lack nothing but their last cells: they show what the others hold as well.

        Else the next run, for which they are whole, would judge the others by more than this one does.
        """
        forms = Forms(self._width, intact)
        for body in self._bodies:
            for index, row in enumerate(body.rows):
                if 1 < row.count < self._width and is_readable(row) and not body.is_beside_text(index):
                    values = [read(cell) for cell in row.cells]
                    is_whole = row.opens == body.opens and not row.scan.lost and not row.hidden
                    if is_whole and forms.fits_in_place(values):
                        yield values

    def repair(self) -> Iterator[tuple[Span, Repair]]:
        """Each damaged line with its repair; the lines of a row broken in several share one.

        What is proved of some rows may prove others: the next run, for which they are intact, would see it.
        """
        damaged = [body for body in self._bodies if body.is_damaged]
        found = [self._find(body) for body in damaged]
        for _ in range(LESSONS):
            proved = {line: each for repairs in found for _, each in repairs if _is_proved(each) for line in each.lines}
            is_settled = all(_is_proved(each) for repairs in found for _, each in repairs)
            if len(proved) == len(self._proved) or is_settled:
                break
            self._proved = proved
            self._learn()
            found = [self._find(body) for body in damaged]
        for body, repairs in zip(damaged, found, strict=True):
            for repair in together(list(_without_pasted(repairs)), body):
                yield from ((span, repair) for span in repair.lines)

    @cached_property
    def _loses_text(self) -> bool:
        """Whether the ends of links took text along in many rows: then they may have done so where nothing shows it."""
        broken = [row for body in self._bodies for row in body.rows if is_readable(row) and row.scan.lost]
        half_gone = sum(is_half_gone(rewrite(row, None)[1]) for row in broken)
        return half_gone > MOST_HALF_GONE * len(broken)

    def _learn_from_damaged(self) -> None:
        """Rank readings also by damaged rows that can be read with confidence, where there are few intact ones.

        Rows of one table often lack the same column, so what is learned from some helps to read others.  They never
        prove a reading.
        """
        pending = [row for body in self._bodies for row in body.rows if self._teaches(row, body)]
        for _ in range(LESSONS):
            taught = len(self._taught)
            for row in pending:
                if row.spans[0] not in self._taught:
                    readings = self.readings(row)
                    if readings and not is_lossy(row, readings[0]) and self.reader.confidence(row, readings) >= SURE:
                        self._taught[row.spans[0]] = [read(cell) for cell in readings[0].cells]
            if len(self._taught) == taught:
                return
            self.known.teach(self._taught.values())

    def _teaches(self, row: DamagedRow, body: TableLines) -> bool:
        """Whether *row* is damaged, but a row as a whole; one without its edge is perhaps half a row."""
        whole = row.opens >= body.opens and row.closes >= body.closes
        return whole and row.count > 1 and is_readable(row) and not fits(row, self._width)

    def readings(self, row: DamagedRow) -> list[Reading]:
        """The ways to read *row*, best first; see `Reader.readings`."""
        return self.reader.readings(row)

    def _find(self, body: TableLines) -> list[tuple[int, Repair]]:
        """The repairs of *body*, each with the index of its first line."""
        found: list[tuple[int, Repair]] = []
        joiner = Joiner(body, self.known, self.reader)
        index, inside = 0, body.inside
        while index < len(body.lines):
            row = DamagedRow(body.lines[index : index + 1])
            repair = self._proved.get(row.spans[0]) or joiner.join(index, inside)
            if not repair:
                if index >= inside and not row.opens:
                    break
                repair = self._repair_row(row, body) if is_readable(row) else None
                if repair and repair.cause is Cause.MISSING_TAIL and body.is_beside_text(index):
                    repair = replace(repair, fix=None)  # padded, half a row would look like a whole one
            elif index < inside < index + len(repair.lines):
                inside = max(inside, body.together)  # joined, the row brings what follows back into the table
            if repair:
                found.append((index, repair))
            index += len(repair.lines) if repair else 1
        return found

    def _repair_row(self, row: DamagedRow, body: TableLines) -> Repair | None:
        core = self._core(row, body)
        repair = self._repair_core(core, row, body)
        if repair and repair.cause is Cause.MISSING_TAIL and row.count >= self._width:
            return None  # it only lacks the surplus cells of the others
        if repair and len(core.text) < len(row.text):
            rest = row.text[len(core.text) :]
            shown = tuple(reading + rest for reading in repair.readings)
            repair = replace(repair, row=repair.row + rest, readings=shown, lines=row.spans)
            if body.hidden(row) and repair.fix:
                # the comment would be hidden where it is shown now, which a person should decide
                repair = replace(repair, fix=None, readings=(repair.row,))
        return repair

    def _core(self, row: DamagedRow, body: TableLines) -> DamagedRow:
        """*row* without what stands after its last column in all rows, its enclosed pipes read as text."""
        core = body.core(row)
        if row.count > self._width:
            whole = body.core(row.with_enclosed)
            if whole.enclosed and whole.count >= self._width:
                return whole
        return core

    def _repair_core(self, core: DamagedRow, row: DamagedRow, body: TableLines) -> Repair | None:
        """The repair of *core*, which is *row* without what stands after its last column in all rows."""
        if core.count == self._width:
            if core.enclosed and not core.scan.lost:
                return escape(core, is_safe=self._rest_stands(core))
            if row.scan.lost:
                return close(row, doubtful=self._loses_text)
            if row.count > self._width and row.hidden:
                return Repair(row.text, None, Cause.COMMENT, row.spans)
            return trim(row, self._width) if row.count > self._width else None
        if row.count == 1 and not (row.opens and not body.opens and row.text != "|"):
            return None
        if core.count > self._width:
            if self._is_usual(row, body):
                return Repair(row.text, None, Cause.SURPLUS_COLUMN, row.spans)
            return self._long(core)
        return self._short(core, body)

    def _is_usual(self, row: DamagedRow, body: TableLines) -> bool:
        """Whether *row* reads as most rows of its table do, and fewer rows say that it should read otherwise."""
        return body.is_usual(row) and self._intact <= body.usual_rows

    def _rest_stands(self, row: DamagedRow) -> bool:
        """Whether each cell without an enclosed pipe may be where it is, or could no more where it stood."""
        cells = [("" if BAR in cell else cell) for cell in row.cells]
        stood = [index + sum(one.count(BAR) for one in row.cells[:index]) for index in range(row.count)]
        return self.known.forms.accept([read(cell) for cell in cells], stood)

    def _stands(self, row: DamagedRow) -> bool:
        return self.known.forms.fits_in_place([read(cell) for cell in row.cells])

    def _short(self, row: DamagedRow, body: TableLines) -> Repair | None:
        """The repair of *row*, which has too few cells."""
        if row.opens and not body.opens:
            return self._begin_empty(row)
        is_split = any(plain_splits(row, self.known.forms, 1))
        stands = not row.scan.lost and self._stands(row)
        if stands and not is_split:
            return pad(row, self._width)
        if self._is_usual(row, body) and not row.scan.lost:
            return None  # it reads as the rows of its table do
        with self._unlearned(row):
            readings = self.readings(row)
            if stands:  # padded, never shifted; what else it may be is a pipe that was lost
                readings = [one for one in readings if any(step.change != Change.GAP for step in one.changes)]
            return self._best(row, readings) or (pad(row, self._width) if stands else None)

    def _begin_empty(self, row: DamagedRow) -> Repair:
        """The repair of a row that begins with a pipe where the others do without: its first cells are empty."""
        missing = self._width - row.count
        gap = Step(row.edges[0].end, row.edges[0].end, Change.GAP)
        cells = tuple(Step(0, 0) for _ in row.cells)
        reading = Reading(0.0, ("",) * missing + tuple(row.cells), ((gap,) * missing) + cells)
        return diagnose(row, [reading], SURE, self.known.profile, is_proved=False)

    def _long(self, row: DamagedRow) -> Repair | None:
        """The repair of *row*, which has too many cells."""
        if fits(row, self._width) and self._only_ends_empty(row):
            return trim(row, self._width)
        pasted = self._pasted(row)
        if pasted:
            return pasted
        rows = split_rows(row, self._width, self.known)
        if rows:
            return rows
        with self._unlearned(row):
            return self._best(row, self.readings(row))

    def _only_ends_empty(self, row: DamagedRow) -> bool:
        """Whether all cells of *row* stand where they may, and nothing but its last ones, which are empty, is too much.

        Where its text may have been cut by a stray pipe, taking out its last cell would hide that.
        """
        trimmed = row.without_last_cells(row.count - self._width)
        if not self._stands(trimmed) or cut_texts(row, self.known.forms):
            return False
        readings = self.readings(row)
        if not readings:
            return row.count - self._width > MOST_SURPLUS
        return readings[0].cells == tuple(trimmed.cells) and share(readings) >= SURE

    def _pasted(self, row: DamagedRow) -> Repair | None:
        """What is to be reported of *row* if it is one of another table, which has more columns."""
        values = [read(cell) for cell in row.cells]
        for bodies in self._wider:
            if bodies[0].width == row.count and self._forms_of(bodies).fits_in_place(values):
                columns = bodies[0].table.columns
                return Repair(row.text, None, Cause.PASTED, row.spans, columns=columns)
        return None

    def _forms_of(self, bodies: Sequence[TableLines]) -> Forms:
        header = bodies[0].header
        if header not in self._other_forms:
            rows = [values for body in bodies for values in body.intact_rows()]
            self._other_forms[header] = Forms(len(header), rows)
        return self._other_forms[header]

    def _unlearned(self, row: DamagedRow) -> AbstractContextManager[None]:
        """Forget *row* where it was learned from: no row confirms itself."""
        taught = self._taught.get(row.spans[0])
        return self.known.profile.without(taught) if taught else nullcontext()

    def _best(self, row: DamagedRow, readings: Sequence[Reading]) -> Repair | None:
        """The repair of *row* by the reading that is proved, be it the likeliest or not, else by the likeliest."""
        if not readings:
            return None
        near = [reading for reading in readings[:SHOWN] if readings[0].score - reading.score <= NEARLY_AS_LIKELY]
        for index, reading in enumerate(near):
            ordered = [reading, *readings[:index], *readings[index + 1 :]]
            if is_proved(row, ordered, self.known):
                return diagnose(row, ordered, SURE, self.known.profile, is_proved=True)
        return diagnose(row, readings, self.reader.confidence(row, readings), self.known.profile, is_proved=False)


def _without_pasted(found: Sequence[tuple[int, Repair]]) -> Iterator[tuple[int, Repair]]:
    """*found*, without the fixes that would glue cells in rows that follow one another.

    A pipe that is text by mistake is in one row; where neighbours have a cell too many as well, it is a column.
    """
    doubtful = {index for index, repair in found if repair.cause is Cause.STRAY_PIPE and _is_unsafe(repair)}
    for index, repair in found:
        if index in doubtful and (index - 1 in doubtful or index + 1 in doubtful):
            yield index, replace(repair, fix=None, cause=Cause.PASTED)
        else:
            yield index, repair


def _is_proved(repair: Repair) -> bool:
    return repair.fix is not None and repair.fix.applicability is Applicability.SAFE


def _is_unsafe(repair: Repair) -> bool:
    return repair.fix is None or repair.fix.applicability is Applicability.UNSAFE
