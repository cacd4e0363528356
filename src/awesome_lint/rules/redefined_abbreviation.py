"""The legend defines one abbreviation twice, with different meanings.

Readers cannot tell which meaning applies.  Two spellings of the same meaning are fine.

Legends of different columns may each define the abbreviation.  If both legends are about the same column, or it is
unclear which column they are about, it is a warning.

## Wrong

```markdown
## Abbreviations

- CNN: Convolutional Neural Network
- MR: Magnetic Resonance
- MR: Mixed Reality
```

## Right

```markdown
## Abbreviations

- CNN: Convolutional Neural Network
- MR: Magnetic Resonance
- XR: Mixed Reality
```

## Related rules

`unknown-abbreviation`, `unused-abbreviation`

## When to switch it off

If one legend is meant to give several meanings of an abbreviation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awesome_lint.diagnostic import Related, Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.legend_binding import Binding
from awesome_lint.semantic.legends import Abbreviation, Legend
from awesome_lint.text.nearest import nearest

_SAME_MEANING = 85
"""How alike two meanings must be to be spellings of one, see `nearest`."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the abbreviations of *context* that were defined before, in another meaning."""
    bindings = context.bindings
    first: dict[str, tuple[Legend, Abbreviation]] = {}
    for legend in context.legends:
        for abbreviation in legend.abbreviations:
            earlier_legend, earlier = first.setdefault(abbreviation.name, (legend, abbreviation))
            if earlier is abbreviation or _means_same(earlier, abbreviation):
                continue
            if earlier_legend is legend:
                yield _violation(earlier, abbreviation, Severity.ERROR)
            elif _may_meet(earlier_legend, legend, bindings):
                yield _violation(earlier, abbreviation, Severity.WARNING)


def _means_same(first: Abbreviation, later: Abbreviation) -> bool:
    return nearest(later.meaning, [first.meaning], cutoff=_SAME_MEANING) is not None


def _may_meet(first: Legend, later: Legend, bindings: Sequence[Binding]) -> bool:
    """Whether an entry may use a name of both legends: in one column, or where neither is about any."""
    bound = [(first in binding.legends, later in binding.legends) for binding in bindings]
    return any(map(all, bound)) or not any(map(any, bound))


def _violation(first: Abbreviation, later: Abbreviation, severity: Severity) -> Violation:
    return Violation(
        later.span,
        fitted("“{}” is defined as “{}” here, but as “{}” earlier", later.name, later.meaning, first.meaning),
        help="Give one of them a different abbreviation",
        severity=severity,
        related=(
            Related(
                first.span,
                "It is defined here first",
                fitted("“{}” is defined as “{}” here, but as “{}” later", first.name, first.meaning, later.meaning),
            ),
        ),
        key=f"{later.name}: {first.meaning} or {later.meaning}",
    )


RULE = Rule("redefined-abbreviation", Group.ABBREVIATION, check)
