"""``--add-ignores``: write the comments that suppress what is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from awesome_lint.cli.console import notify

if TYPE_CHECKING:
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.source import Source


_MOST_ROUNDS = 5


def write_ignores(
    diagnostics: Sequence[Diagnostic],
    sources: dict[str, Source],
    inputs: Inputs,
    examine: Callable[[Source], list[Diagnostic]],
    *,
    quiet: bool,
) -> list[Diagnostic]:
    """Suppress *diagnostics* in their files; returns what is found afterwards.

    *sources* are the texts as they were checked, and are replaced by the new ones; *examine* checks a text again; a
    note says how many there were, unless *quiet*.
    """
    left: list[Diagnostic] = []
    for path, source in sources.items():
        found = [diagnostic for diagnostic in diagnostics if diagnostic.path == path]
        if path == "<stdin>" or not found:
            left += found
            continue
        changed, rest, count = _suppressed(source, found, examine)
        if _put_back(changed, source, inputs):
            sources[path] = changed
            if not quiet:
                findings = "finding" if count == 1 else "findings"
                notify(f"{path}: suppressed {count} {findings}; write the reasons into the comments, after a colon")
            left += rest
        else:
            left += found
    return left


def _suppressed(
    source: Source, found: Sequence[Diagnostic], examine: Callable[[Source], list[Diagnostic]]
) -> tuple[Source, list[Diagnostic], int]:
    """The text with its comments, what is found all the same, and how many findings the comments suppress."""
    from awesome_lint.linter.engine import read
    from awesome_lint.rule import Group
    from awesome_lint.rules import RULES
    from awesome_lint.suppression.comments import lines_switched_off
    from awesome_lint.suppression.insertion import add_ignores, home_of

    beyond = {rule.name for rule in RULES if rule.group is Group.SUPPRESSION}

    def without_comment(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        has_comment = set(lines_switched_off(read(source)))
        return [each for each in diagnostics if (home_of(each), each.rule) not in has_comment]

    rest = list(found)
    stubborn = len(found) - len(without_comment(found))
    count = 0
    # A finding that another one explained comes to light when that one is suppressed.
    for _ in range(_MOST_ROUNDS):
        wanted = [each for each in without_comment(rest) if each.rule not in beyond]
        if not wanted:
            break
        source = add_ignores(read(source), wanted)
        rest = examine(source)
        count += len(wanted)
    return source, rest, count + stubborn - (len(rest) - len(without_comment(rest)))


def _put_back(changed: Source, source: Source, inputs: Inputs) -> bool:
    from awesome_lint.files.reading import UnusableFileError
    from awesome_lint.files.writing import write_atomically

    try:
        write_atomically(Path(source.path), changed.to_bytes(), expected=source.to_bytes())
    except UnusableFileError as error:
        inputs.fail(str(error))
        return False
    return True
