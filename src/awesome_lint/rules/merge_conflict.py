"""A merge conflict is not resolved.

Git marks the lines on which two branches disagree with `<<<<<<<`, `=======` and `>>>>>>>`.  Committed with them, a
list shows the markers as text or as rows, and often both versions of an entry.

While a conflict is in a file, nothing else is reported within it and in the rest of its table or paragraph, and
`--fix` leaves the whole file unchanged: a person has to decide which side to keep.

Markers in code are left alone.

## Wrong

```markdown
- [Alpha](https://example.org/alpha)
<<<<<<< HEAD
- [Beta](https://example.org/beta)
=======
- [Gamma](https://example.org/gamma)
>>>>>>> add-gamma
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
- [Gamma](https://example.org/gamma)
```

## Related rules

`column-count`

## When to switch it off

Never; if a list has to show the markers of a conflict, put them into code.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import Conflict
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import shorten
from awesome_lint.source import Span

_MOST_NAMED = 3


def check(context: Context) -> Iterator[Violation]:
    """Yield each conflict, at its first line."""
    source = context.document.source
    titles = sorted(context.entry_names.items()) if context.document.conflicts else []
    for conflict in context.document.conflicts:
        first = source.line_span(source.position(conflict.span.start).line)
        names = " and ".join(f"“{shorten(name)}”" for name in conflict.names if name)
        between = f" between {names}" if all(conflict.names) else ""
        yield Violation(
            first,
            f"This merge conflict{between} is not resolved",
            help="Keep what is right and remove the conflict markers; until then, --fix changes nothing",
            note=_sides(titles, conflict),
        )


def _sides(titles: Sequence[tuple[Span, str]], conflict: Conflict) -> str:
    ours, theirs = (_entries(titles, side) for side in (conflict.ours, conflict.theirs))
    return f"One side has {ours}, the other {theirs}" if ours and theirs else ""


def _entries(titles: Sequence[tuple[Span, str]], side: Span) -> str:
    """The names of the entries that begin within *side*, or empty if there are none."""
    first, end = (bisect_left(titles, offset, key=lambda each: each[0].start) for offset in side)
    names = [f"“{name}”" for _, name in titles[first:end]]
    rest = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


RULE = Rule("merge-conflict", Group.FILE, check)
