"""A suppression comment hides nothing, or names something that does not exist.

A comment that is no longer needed hides future faults on its line, and one with a misspelt name never hid anything.
A comment is called unused only if every rule that it names was run.

A comment holds one of five instructions, then the names of rules or groups (all rules if there are none), then an
optional reason after a colon.  A finding belongs to the line on which it starts.

| comment | switches off |
| --- | --- |
| `<!-- awesome-lint disable RULE -->` | from here up to `<!-- awesome-lint enable RULE -->`, or the end of the file |
| `<!-- awesome-lint disable-line RULE: reason -->` | findings on this line; in a table, put it inside a cell |
| `<!-- awesome-lint disable-next-line RULE -->` | findings on the next line |
| `<!-- awesome-lint disable-file RULE -->` | the whole file |

## Wrong

```markdown
| Paper | Year |
| --- | --- |
| [Alpha](https://example.org/alpha) <!-- awesome-lint disable-line column-count --> | 2020 |
```

```markdown
<!-- awesome-lint disable empty-lnk -->

- [Alpha](https://example.org/alpha)
```

## Right

```markdown
| Paper | Year |
| --- | --- |
| [Alpha](https://example.org/alpha) | 2020 |
```

## When to switch it off

While a list is checked with changing sets of rules, as comments for the others then look unused.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.suppression.comments import FaultKind, SuppressionFault, Verb


def check(context: Context) -> Iterator[Violation]:
    """Yield a violation for each instruction that does nothing and each name that is none."""
    for fault in context.suppression_faults:
        yield Violation(fault.span, _message(fault), help=_help(fault))


def _message(fault: SuppressionFault) -> str:
    if fault.kind is FaultKind.UNKNOWN_VERB:
        return f"`{fault.word}` is not an instruction, so this comment does nothing"
    if fault.kind is FaultKind.UNKNOWN_NAME:
        return f"There is no rule or group named `{fault.word}`"
    instruction = f"{fault.verb} {fault.word}".rstrip()
    if fault.verb == Verb.ENABLE:
        return f"`{instruction}` has no effect: nothing above it is disabled"
    return f"`{instruction}` suppresses nothing"


def _help(fault: SuppressionFault) -> str:
    if fault.kind is FaultKind.UNKNOWN_VERB:
        return f"Write `awesome-lint {fault.suggestion}`"
    if fault.kind is FaultKind.UNKNOWN_NAME:
        known = "see `awesome-lint rules` for all names"
        return f"Write `{fault.suggestion}`, or {known}" if fault.suggestion else known[:1].upper() + known[1:]
    return "Remove the comment" if not fault.word else f"Remove `{fault.word}` from the comment"


RULE = Rule("unused-suppression", Group.SUPPRESSION, check, severity=Severity.WARNING)
