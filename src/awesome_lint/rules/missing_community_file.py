"""The repository has no guide for contributors, or no licence.

Contributors look for `contributing.md` before they open a pull request, and GitHub links to it there.  Without a
licence nobody may copy the list.  Both are
[required of awesome lists](https://github.com/sindresorhus/awesome/blob/main/pull_request_template.md).

They are looked for where GitHub looks: beside the README, at the top of the repository, in `.github/` and in `docs/`,
in any of the usual spellings.  A README from standard input, whose folder nobody knows, is not judged.

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

- `files`: which ones there must be.

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
    """A file of a repository that tells contributors and readers what holds for them."""

    CONTRIBUTING = "contributing"
    LICENSE = "license"
    CODE_OF_CONDUCT = "code-of-conduct"


class Options(Struct, frozen=True, kw_only=True):
    """Which files there must be."""

    files: tuple[CommunityFile, ...] = (CommunityFile.CONTRIBUTING, CommunityFile.LICENSE)
    """The files that the repository must have: `contributing`, `license`, `code-of-conduct`."""


_STEMS = {
    CommunityFile.CONTRIBUTING: ("contributing",),
    CommunityFile.LICENSE: ("license", "licence", "copying", "unlicense"),
    CommunityFile.CODE_OF_CONDUCT: ("code_of_conduct", "code-of-conduct"),
}
_NAMES = {
    CommunityFile.CONTRIBUTING: "contributing.md",
    CommunityFile.LICENSE: "LICENSE",
    CommunityFile.CODE_OF_CONDUCT: "code-of-conduct.md",
}
_WHY = {
    CommunityFile.CONTRIBUTING: "The repository has no guide for contributors",
    CommunityFile.LICENSE: "The repository has no licence",
    CommunityFile.CODE_OF_CONDUCT: "The repository has no code of conduct",
}
_REQUIRED = {CommunityFile.CONTRIBUTING: "guidelines for contributors", CommunityFile.LICENSE: "a licence"}
_FOLDERS = ("", "/", ".github/", "/.github/", "docs/", "/docs/")
_ENDINGS = ("", ".md", ".txt", ".rst", ".adoc", ".markdown")


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the top of the document for each file that is missing."""
    exists = context.facts.exists
    if exists is None:
        return
    for file in options.files:
        if not any(map(exists, _paths(_STEMS[file]))):
            yield Violation(
                top_of(context.document),
                _WHY[file],
                help=f"Add the file {_NAMES[file]}",
                note=required(_REQUIRED[file]) if file in _REQUIRED else "",
            )


def _paths(stems: tuple[str, ...]) -> Iterator[str]:
    spellings: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str.capitalize)
    for stem, spell, ending, folder in product(stems, spellings, _ENDINGS, _FOLDERS):
        yield f"{folder}{spell(stem)}{ending}"


RULE = Rule("missing-community-file", Group.FILE, check, options=Options, default=False)
