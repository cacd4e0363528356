"""A link or an image points to a file that does not exist in the repository.

Files are moved and renamed, and a link copied from another repository never led anywhere here.

A path that begins with `/` is looked up from the top of the repository, as GitHub does.  GitHub's own pages
(`../../issues`) are left alone, and so is a document that is read from standard input: its folder is unknown.

## Wrong

```markdown
- [Guide](docs/guides.md)
- ![Logo](images/logo.svg)
- [Licence](/LICENCE)
```

## Right

```markdown
- [Guide](docs/guide.md#install), [licence](LICENSE)
- ![Logo](/images/logo.png)
- [Open an issue](../../issues/new)
```

## Related rules

`schemeless-link`, `dead-link`

## When to switch it off

If the files are only made when the site is built, or the README is checked without its repository.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote

from awesome_lint.diagnostic import Shared, Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination, ListIndex, describe_link, destinations
from awesome_lint.rules._messages import cut, fitted
from awesome_lint.text.urls import Target, classify, is_host_name

_GITHUB_PAGE = regex(
    r"(?:\.\./)+(?:issues|pulls?|wiki|releases|tags|actions|discussions|projects|security|graphs|network|stargazers|"
    r"watchers|forks?|commits?|compare|blob|tree|raw|edit|new|branches|labels|milestones?|packages|deployments|settings|"
    r"archive|contributors|subscription)(?:/|\Z)|(?:\.\./?)+\Z"
)
_TEMPLATE = regex(r"[{}<>$*\0]")
"""What a generator fills in before the list is read, and what no path holds."""
_NEVER_SITE = regex(r"[A-Z]|\.(?:cc|java|map|md|mk|ps|py|tf|zip)\Z")
"""Names of files, although they could be host names: host names are written in lower case."""


def check(context: Context) -> Iterator[Violation]:
    """Yield each path, relative or from the top of the repository, for which nothing exists."""
    exists = context.facts.exists
    if exists is None:
        return
    known: dict[str, bool] = {}
    found: list[Violation] = []
    for destination in destinations(context.document):
        path = _path(destination.url)
        if path and not known.setdefault(path, exists(path)):
            found.append(_violation(destination, path, exists))
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _path(url: str) -> str:
    """The path that *url* means, empty if it is not one that can be checked."""
    if classify(url) not in (Target.FILE, Target.ROOTED) or "](" in url:
        return ""
    path = unquote(url.strip().partition("#")[0].partition("?")[0])
    return "" if _TEMPLATE.search(path) or _GITHUB_PAGE.match(path.lstrip("/")) else path


def _violation(destination: Destination, path: str, exists: Callable[[str], bool]) -> Violation:
    is_site = is_host_name(path) and not _NEVER_SITE.search(path)
    help_text = (
        f"Write https://{path} if that is a site" if is_site else "Check the path, including upper and lower case"
    )
    name = describe_link(destination.text, image=destination.image)
    where = " in the repository" if path.startswith("/") else ""
    message = fitted(f"{{}} leads to `{{}}`, which does not exist{where}", name, path)
    return Violation(destination.place, message, help=help_text, shared=_lost_folder(path, exists))


def _lost_folder(path: str, exists: Callable[[str], bool]) -> Shared | None:
    """The outermost folder of *path* that does not exist: then all links into it are dead for one reason."""
    parts = path.split("/")
    for index in range(1, len(parts)):
        folder = "/".join(parts[:index])
        if folder.strip("./") and not exists(folder):
            return Shared(folder, "{count} links lead into " + f"`{cut(folder, 60)}/`, which does not exist")
    return None


RULE = Rule("missing-file", Group.LINK, check)
