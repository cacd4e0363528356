"""Findings as Markdown, for a job's summary or a comment: a table, links by section, and the corrected rows to copy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from awesome_lint.diagnostic import Applicability, Diagnostic, FileFindings, Severity, all_diagnostics
from awesome_lint.report.inert import inert_line
from awesome_lint.report.inert_markdown import clickable, plain
from awesome_lint.report.merging import merge_files
from awesome_lint.report.patched import edited_lines, patched
from awesome_lint.report.sentences import in_one_line

_SIGNS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "ℹ️ info"}
_ROOM = 900_000  # GitHub takes 1 MiB of summary, and none that is larger
_ROOM_OF_FRAME = 1_000  # headings, and the lines that tell what is left out
_LONGEST_MESSAGE = 600
_LONGEST_CORRECTION = 4_000


def render(files: Sequence[FileFindings], *, room: int = _ROOM, with_links: bool = True) -> str:
    """A heading with the counts, a table of the findings, and in a block each line that a fix corrects.

    It takes at most *room* bytes, by default what fits into a job's summary: rows, links and blocks are left out whole,
    and a line tells how many.  Findings with one cause take one row of the table, but each has its corrected line.
    *with_links* tells whether addresses that were checked can be followed.
    """
    diagnostics = all_diagnostics(merge_files(files))
    if not diagnostics:
        return "## awesome-lint\n\nNo findings.\n"
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    counted = ", ".join(severity.counted(counts[severity]) for severity in Severity if counts[severity])
    head = ["## awesome-lint", "", f"{counted}."]
    room -= _ROOM_OF_FRAME
    rows = _table([each for each in diagnostics if not each.addresses], room // 3)
    links = _links([each for each in diagnostics if each.addresses], room // 3, with_links=with_links)
    corrections = _corrected(files, room - _size(rows) - _size(links))
    return "\n".join([*head, *rows, *links, *corrections]) + "\n"


def _table(diagnostics: Sequence[Diagnostic], room: int) -> list[str]:
    if not diagnostics:
        return []
    rows = _fitting(map(_row, diagnostics), room)
    rows += _left_out(len(diagnostics) - len(rows))
    return ["", "| Place | Severity | Rule | Finding |", "| --- | --- | --- | --- |", *rows]


def _links(diagnostics: Sequence[Diagnostic], room: int, *, with_links: bool) -> list[str]:
    """What was found out about links: a heading for each rule, one for each section in it, and a line for each link."""
    by_rule: dict[tuple[Severity, str], list[Diagnostic]] = {}
    for each in sorted(diagnostics, key=lambda each: list(Severity).index(each.severity)):
        by_rule.setdefault((each.severity, each.name), []).append(each)
    parts = _fitting(
        (part for key, found in by_rule.items() for part in _links_of(*key, found, with_links=with_links)), room
    )
    shown = sum(part.startswith("- ") for part in parts)
    return [*parts, *_left_out(len(diagnostics) - shown, "link")]


def _links_of(severity: Severity, name: str, found: Sequence[Diagnostic], *, with_links: bool) -> Iterator[str]:
    advice = {each.advice for each in found}
    is_common = len(advice) == 1
    yield f"\n### {_SIGNS[severity]}: {plain(name)} ({len(found)})"
    if is_common:
        yield f"\n{plain(advice.pop())}."
    for (path, section), members in groupby(found, key=lambda each: (each.path, each.section)):
        yield f"\n#### {plain(' > '.join(section) or path)}\n"
        yield from (_link(each, with_advice=not is_common, with_links=with_links) for each in members)


def _link(diagnostic: Diagnostic, *, with_advice: bool, with_links: bool) -> str:
    place = plain(f"{diagnostic.path}:{diagnostic.start.line}")
    addresses = diagnostic.addresses if with_links else ()
    return f"- {place}: {_with_links(in_one_line(diagnostic, with_advice=with_advice), addresses)}"


def _with_links(text: str, addresses: Iterable[str]) -> str:
    """*text* as Markdown in which nothing but the *addresses* is more than text, and those can be followed."""
    wanted = "|".join(re.escape(each) for each in sorted(addresses, key=len, reverse=True) if each)
    parts = re.split(f"({wanted})", text) if wanted else [text]
    return "".join(clickable(part) if index % 2 else plain(part) for index, part in enumerate(parts))


def _size(parts: Iterable[str]) -> int:
    return sum(len(part.encode()) + 1 for part in parts)


def _fitting(parts: Iterable[str], room: int) -> list[str]:
    """The first of *parts*, as many as take no more than *room* bytes."""
    found = []
    for part in parts:
        room -= _size([part])
        if room < 0:
            break
        found.append(part)
    return found


def _row(diagnostic: Diagnostic) -> str:
    place = plain(f"{diagnostic.path}:{diagnostic.start.line}")
    message = in_one_line(diagnostic)
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[:_LONGEST_MESSAGE]}…"
    return f"| {place} | {_SIGNS[diagnostic.severity]} | {plain(diagnostic.name)} | {plain(message)} |"


def _corrected(files: Iterable[FileFindings], room: int) -> list[str]:
    """A block for each different correction, under a heading."""
    corrections = list(_corrections(files))
    shown = _fitting(filter(None, corrections), room)
    left_out = _left_out(len(corrections) - len(shown))
    return ["\n### Corrected lines", *shown, *left_out] if corrections else []


def _left_out(number: int, noun: str = "") -> list[str]:
    more = f"{number:,} more {noun}{'s' * (noun != '' and number > 1)}".rstrip()
    return ["", f"{more} {'is' if number == 1 else 'are'} left out here."] if number else []


def _corrections(files: Iterable[FileFindings]) -> Iterator[str]:
    """Each different correction as a block; one that is too long to read is empty."""
    shown: set[tuple[str, str]] = set()
    for source, diagnostic in ((file.source, diagnostic) for file in files for diagnostic in file.diagnostics):
        if diagnostic.fix is None:
            continue
        span = edited_lines(source, diagnostic.fix)
        if span.end - span.start > _LONGEST_CORRECTION:
            yield ""
            continue
        text = patched(source, diagnostic.fix, span).strip("\n")
        if not text.strip() or (diagnostic.path, text) in shown:
            continue
        shown.add((diagnostic.path, text))
        doubt = " (probably right, but check it)" if diagnostic.fix.applicability is Applicability.UNSAFE else ""
        place = f"{plain(diagnostic.path)}, line {diagnostic.start.line}{doubt}:"
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        block = "\n".join(map(inert_line, text.split("\n")))
        yield f"\n{place}\n\n{fence}markdown\n{block}\n{fence}"
