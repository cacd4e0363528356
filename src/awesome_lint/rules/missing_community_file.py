"""The repository has no contribution guidelines, or no licence.

Contributors look for `contributing.md` before they open a pull request, and GitHub links to it there.  Without a
licence, nobody may copy the list.  Both are
[required of awesome lists](https://github.com/sindresorhus/awesome/blob/main/pull_request_template.md).

The rule looks where GitHub looks: next to the README, at the top of the repository, in `.github/` and in `docs/`, for
any of the usual spellings.  It does not apply to a README from standard input, whose folder is unknown.

## Wrong

```toml
[rules.missing-community-file]
files = ["code-of-conduct"]
```

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Right

```toml
[rules.missing-community-file]
files = ["contributing", "license"]
```

```markdown
# Awesome Maps

- [Alpha](https://example.org/alpha) - Draws maps.
```

## Options

- `files`: the files that must exist.

## Related rules

`license-section`, `missing-file`

## When to switch it off

It is off unless it is named, or the configuration has `extends = "awesome"`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import product

from msgspec import Struct

from awesome_lint.diagnostic import Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._whole_file import required, top_of


class CommunityFile(StrEnum):
    """A file with the rules of a repository for its contributors and readers."""

    CONTRIBUTING = "contributing"
    LICENSE = "license"
    CODE_OF_CONDUCT = "code-of-conduct"


class Options(Struct, frozen=True, kw_only=True):
    """Which files must exist."""

    files: tuple[CommunityFile, ...] = (CommunityFile.CONTRIBUTING, CommunityFile.LICENSE)
    """The files that the repository must have: `contributing`, `license`, `code-of-conduct`."""


class _Wanted(Struct, frozen=True):
    """A community file: what the repository lacks without it, the name to give it, and the stems of accepted names."""

    noun: str
    name: str
    stems: tuple[str, ...]
    requirement: str = ""


_FILES = {
    CommunityFile.CONTRIBUTING: _Wanted(
        "contribution guidelines", "contributing.md", ("contributing",), "contribution guidelines"
    ),
    CommunityFile.LICENSE: _Wanted("licence", "LICENSE", ("license", "licence", "copying", "unlicense"), "a licence"),
    CommunityFile.CODE_OF_CONDUCT: _Wanted(
        "code of conduct", "code-of-conduct.md", ("code_of_conduct", "code-of-conduct")
    ),
}
_FOLDERS = ("", "/", ".github/", "/.github/", "docs/", "/docs/")
_ENDINGS = ("", ".md", ".txt", ".rst", ".adoc", ".markdown")


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the top of the document for each file that is missing."""
    exists = context.facts.exists
    if exists is None:
        return
    for wanted in map(_FILES.__getitem__, options.files):
        if not any(map(exists, _paths(wanted.stems))):
            yield Violation(
                top_of(context.document),
                f"The repository has no {wanted.noun}",
                help=f"Add the file {wanted.name}",
                note=required(wanted.requirement) if wanted.requirement else "",
            )


def _paths(stems: tuple[str, ...]) -> Iterator[str]:
    spellings: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.capitalize)
    for stem, spell, ending, folder in product(stems, spellings, _ENDINGS, _FOLDERS):
        yield f"{folder}{spell(stem)}{ending}"


RULE = Rule("missing-community-file", Group.FILE, check, options=Options, default=False)
