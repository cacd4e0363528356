"""A badge shows whether a build passes.

Readers come for the entries.  Whether a check of the list passes only matters to its maintainers, who see it at each
commit, and the
[requirements for awesome lists](https://github.com/sindresorhus/awesome/blob/main/pull_request_template.md) rule out
such badges.

Badges are recognised by their addresses: GitHub workflows, GitLab pipelines, Travis CI, CircleCI, AppVeyor, Azure
Pipelines, and the shields.io badges for these.  Only badges before the first entry are reported: an entry may show
the build status of its own project.

## Wrong

```markdown
# Awesome Maps

![Links](https://github.com/example/maps/actions/workflows/links.yml/badge.svg)

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Right

```markdown
# Awesome Maps

![Awesome](https://awesome.re/badge.svg)

- [Alpha](https://example.org/alpha) - Draws maps.
  ![Build](https://github.com/example/alpha/actions/workflows/test.yml/badge.svg)
```

## Related rules

`awesome-badge`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from awesome_lint.diagnostic import Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import describe_link
from awesome_lint.rules._whole_file import may_be_badge, required

_BADGE = regex(
    r"https?://(?:www\.)?(?:"
    r"github\.com/[^/\s]+/[^/\s]+/(?:actions/)?workflows/\S+/badge\.svg"
    r"|(?:api\.|app\.)?travis-ci\.(?:org|com)/\S+"
    r"|(?:dl\.)?circleci\.com/\S+"
    r"|ci\.appveyor\.com/\S+"
    r"|dev\.azure\.com/\S+/_apis/build/\S+"
    r"|[^/\s]+/\S+/badges/\S+/pipeline\.svg"
    r"|(?:img|flat)\.?(?:shields|badgen)\.(?:io|net)/(?:github/(?:actions/workflow/status|workflow/status|checks)"
    r"|travis|circleci|appveyor|azure-devops|gitlab/pipeline)\S*"
    r")(?:\?\S*)?",
    re.IGNORECASE,
)


def check(context: Context) -> Iterator[Violation]:
    """Yield the badges of builds before the first entry."""
    end = min((each.span.start for each in context.entries), default=len(context.document.source.text))
    for link in context.document.links:
        if may_be_badge(link) and link.span.start < end and _BADGE.fullmatch(link.url):
            yield Violation(
                link.span,
                f"{describe_link(link.text, image=True)} is a build-status badge",
                help="Remove the badge",
                note=required("no continuous-integration badges"),
            )


RULE = Rule("ci-badge", Group.FILE, check, default=False)
