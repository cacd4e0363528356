"""The README has a section about its licence.

GitHub shows the licence of a repository beside the README, from the file `LICENSE`.  A section repeats it, and
the [requirements for awesome lists](https://github.com/sindresorhus/awesome/blob/main/pull_request_template.md) do not
allow one.

## Wrong

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.

## License

CC0
```

## Right

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.

## Tools for licences

- [Beta](https://example.org/beta) - Compares licences.
```

## Related rules

`missing-community-file`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._whole_file import required

_LICENSE = regex(r"\W*(?:the )?licen[cs](?:es?|ing)(?: information)?\W*", re.IGNORECASE)


def check(context: Context) -> Iterator[Violation]:
    """Yield the headings of sections about the licence that list no entries."""
    listed = [each.span.start for each in context.entries]
    headings = context.document.headings
    ends = [*(each.span.start for each in headings[1:]), len(context.document.source.text)]
    for heading, end in zip(headings, ends, strict=False):
        if _LICENSE.fullmatch(heading.text) and not any(heading.span.end <= start < end for start in listed):
            yield Violation(
                heading.content.span,
                fitted("“{}” should not be a section", heading.text),
                help="Remove it: GitHub shows the licence from the LICENSE file",
                note=required("no licence section"),
            )


RULE = Rule("license-section", Group.FILE, check, default=False)
