"""The list with its links closed: an address can only be written where a link has an end.

Links without an end are closed by the fixes of the rules that report them, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from awesome_lint.diagnostic import Violation
from awesome_lint.fixing import fix
from awesome_lint.rule import Context, Rule
from awesome_lint.rules import malformed_link, truncated_link
from awesome_lint.source import Source

Wanted = Callable[[int], bool]
"""Whether the links of a line (the first is 1) are to be closed."""


def close_links(source: Source, wanted: Wanted = lambda _: True, *, unsafe: bool) -> Source:
    """*source* with all links of *wanted* lines closed for which that has only one right way.

    With *unsafe* links for which it has a probable one are closed as well.
    """
    rules = [_limited(rule, wanted) for rule in (truncated_link.RULE, malformed_link.RULE)]
    return fix(source, unsafe=unsafe, rules=rules).source


def _limited(rule: Rule, wanted: Wanted) -> Rule:
    """*rule*, which finds nothing but what was meant as a link but is not one, in lines that are *wanted*."""

    def check(context: Context) -> Iterator[Violation]:
        document = context.document
        broken = {link.span for link in document.broken_links}
        for violation in rule.check(context):
            line = document.source.position(violation.span.start).line
            if violation.span in broken and wanted(line):
                yield violation

    return replace(rule, check=check)
