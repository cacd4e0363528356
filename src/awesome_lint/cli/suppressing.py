"""``--add-ignores``: write the comments that suppress what is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from awesome_lint.cli.console import Problems, notify

if TYPE_CHECKING:
    from awesome_lint.diagnostic import Diagnostic, FileFindings
    from awesome_lint.source import Source

_MOST_ROUNDS = 5


def write_suppressions(
    found: FileFindings, file: Path, check: Callable[[Source], FileFindings], problems: Problems, *, quiet: bool
) -> FileFindings:
    """Suppress what was *found* in the text of *file* by comments; returns what is found afterwards.

    *check* checks a text again.  A note tells how many findings were suppressed, unless *quiet*.
    """
    from awesome_lint.files.writing import write_atomically

    if not found.diagnostics:
        return found
    changed, count = _suppressed(found, check)
    written = False
    with problems.caught():
        write_atomically(file, changed.source.to_bytes(), expected=found.source.to_bytes())
        written = True
    if not written:
        return found
    if not quiet:
        findings = "finding" if count == 1 else "findings"
        notify(f"{found.source.path}: suppressed {count} {findings}; add the reasons to the comments, after a colon")
    return changed


def _suppressed(found: FileFindings, check: Callable[[Source], FileFindings]) -> tuple[FileFindings, int]:
    """The text with its comments, what is found all the same, and how many findings the comments suppress."""
    from awesome_lint.linter.engine import read
    from awesome_lint.rule import Group
    from awesome_lint.rules import RULES
    from awesome_lint.suppression.insertion import add_suppressions

    not_suppressible = {rule.name for rule in RULES if rule.group is Group.SUPPRESSION}
    in_vain = len(found.diagnostics) - len(_without_comment(found))
    count = 0
    # A finding that another one explained comes to light when that one is suppressed.
    for _ in range(_MOST_ROUNDS):
        wanted = [each for each in _without_comment(found) if each.rule not in not_suppressible]
        if not wanted:
            break
        found = check(add_suppressions(read(found.source), wanted))
        count += len(wanted)
    return found, count + in_vain - (len(found.diagnostics) - len(_without_comment(found)))


def _without_comment(found: FileFindings) -> list[Diagnostic]:
    """The diagnostics that no comment of the text speaks about."""
    from awesome_lint.linter.engine import read
    from awesome_lint.suppression.comments import lines_switched_off
    from awesome_lint.suppression.insertion import home_of

    has_comment = set(lines_switched_off(read(found.source)))
    return [
        each
        for each in found.diagnostics
        if has_comment.isdisjoint((home_of(each), name) for name in (each.name, each.rule))
    ]
