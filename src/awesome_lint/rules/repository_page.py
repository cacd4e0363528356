"""The repository's page on GitHub lacks something that awesome lists must have.

GitHub shows a description, topics and the licence next to the list, and its search uses them.  The
[requirements for awesome lists](https://github.com/sindresorhus/awesome/blob/main/pull_request_template.md) ask for
all three, for a licence that is not a software licence, for a name such as `awesome-maps` and for the branch `main`.

It runs with `--links`, for the repository on GitHub that is the remote `origin`.  With a token in `GITHUB_TOKEN`,
GitHub allows more requests per hour.

## Wrong

```repository
name = "ada/Maps"
description = ""
topics = ["maps"]
license = "MIT"
branch = "master"
```

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Right

```repository
name = "ada/awesome-maps"
description = "Programs that draw maps"
topics = ["awesome", "awesome-list", "maps"]
license = "CC0-1.0"
branch = "main"
```

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Options

- `topics`: the topics that the repository must have.

## Related rules

`missing-community-file`, `awesome-badge`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.diagnostic import Violation
from awesome_lint.link_status import Repository
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._whole_file import required, top_of

_SLUG = regex(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_FOR_CODE = regex(r"(?:AGPL|Apache|BSD|GPL|ISC|LGPL|MIT|MPL|Unlicense|WTFPL)(?:-.*)?", re.IGNORECASE)
"""Licences for code, by their identifiers of SPDX."""


class Options(Struct, frozen=True, kw_only=True):
    """What the page must have."""

    topics: tuple[str, ...] = ("awesome", "awesome-list")
    """The topics that the repository must have."""


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the top of the document for each thing that its repository lacks."""
    repository = context.facts.repository
    if repository is not None:
        for message, remedy, requirement in _faults(repository, options):
            yield Violation(top_of(context.document), message, help=remedy, note=required(requirement))


def _faults(repository: Repository, options: Options) -> Iterator[tuple[str, str, str]]:
    """A message, what to do, and the requirement for each thing that *repository* lacks."""
    name = repository.name
    if not repository.description.strip():
        yield fitted("The repository “{}” has no description", name), "Add it on GitHub, under About", "a description"
    for topic in options.topics:
        if topic not in repository.topics:
            message = fitted("The repository “{}” does not have the topic “{}”", name, topic)
            yield message, "Add it on GitHub, under About", f"the topic “{topic}”"
    if not repository.license:
        yield fitted("GitHub finds no licence in “{}”", name), "Add the file LICENSE", "a licence"
    elif _FOR_CODE.fullmatch(repository.license):
        message = fitted("The licence of “{}” is {}, a software licence", name, repository.license)
        advice = "Replace it with a Creative Commons licence, such as CC0"
        yield message, advice, "a licence meant for content"
    if not _SLUG.fullmatch(name.partition("/")[2]):
        message = fitted("The name of “{}” is not all lower-case letters and hyphens", name)
        yield message, "Rename it on GitHub", "a name such as awesome-name-of-list"
    if repository.branch == "master":
        message = fitted("The default branch of “{}” is “master”", name)
        yield message, "Rename it on GitHub, under Settings", "a default branch called “main”"


RULE = Rule("repository-page", Group.FILE, check, options=Options, default=False, online=True)
