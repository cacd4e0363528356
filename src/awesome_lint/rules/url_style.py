"""An address does not follow the style of the list.

`http` here and `https` there for the same site, a PDF among a hundred abstracts, `utm_source=newsletter` left over from
an e-mail: the links work, but such variants hide duplicates.

The rule is off by default; select it by name to run it.

## Configuration

```toml
extend-select = ["url-style"]

[rules.url-style]
arxiv = "abs"
```

## Wrong

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](http://example.org/beta)
- [Gamma](https://example.com/gamma?utm_source=newsletter)
- [Delta](https://arxiv.org/abs/1505.04597v3)
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
- [Gamma](https://example.com/gamma)
- [Delta](https://arxiv.org/abs/1505.04597)
```

## Fix

Switching to `https` and removing tracking parameters is safe, since the page is the same.  Switching to another version
or from a PDF to its abstract is unsafe; links whose text says that they lead to a PDF are left alone.

## Related rules

`inconsistent-value`, `duplicate-entry`, `schemeless-link`

## When to switch it off

If links to one site have to differ, for example if `www.` and the bare host show different pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Severity, Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination, destinations, rewrite
from awesome_lint.rules._messages import fitted
from awesome_lint.text.canonical_urls import without_tracking
from awesome_lint.text.urls import as_destination, host_of

_LEAST_TO_FOLLOW = 3
"""How many more links of one form than of the other make a convention."""
_ARXIV = regex(
    r"(?P<site>https?://(?:www\.)?arxiv\.org)/(?P<form>abs|pdf)/(?P<id>\d{4}\.\d{4,5}|[a-z.-]+/\d{7})"
    r"(?P<version>v\d+)?(?:\.pdf)?/?(?P<rest>[?#].*)?",
    re.IGNORECASE,
)


class ArxivForm(StrEnum):
    """Where links to arXiv lead."""

    MAJORITY = "majority"
    """Where most of the list's links to arXiv lead"""
    ABS = "abs"
    """To the abstract"""
    PDF = "pdf"
    """To the PDF"""
    ANY = "any"
    """To either"""


class Options(Struct, frozen=True):
    """What is looked at."""

    https: bool = True
    """Whether `http` is reported for a site to which other links of the list use `https`."""
    tracking: bool = True
    """Whether tracking parameters such as `utm_source` are reported."""
    versions: bool = True
    """Whether links to a specific version of an arXiv paper are reported."""
    arxiv: ArxivForm = ArxivForm.MAJORITY
    """The page that arXiv links lead to: `abs`, `pdf`, `any`, or `majority` for whichever most of them use."""


def check(context: Context, options: Options) -> Iterator[Violation]:
    """Yield the addresses of *context* that are written in another way than the list writes them."""
    found = [each for each in destinations(context.document) if each.url.lower().startswith(("http://", "https://"))]
    secure = {host_of(each.url) for each in found if each.url.lower().startswith("https:")}
    form = _arxiv_form(found) if options.arxiv is ArxivForm.MAJORITY else options.arxiv
    for destination in found:
        url, faults, is_safe = destination.url, [], True
        if options.tracking and (bare := without_tracking(url)) != url:
            url = bare
            faults.append("has a tracking parameter")
        if match := _ARXIV.fullmatch(url):
            paper, wrong = _respell_arxiv(match, destination, form, versions=options.versions)
            url, is_safe = (paper, False) if wrong else (url, True)
            faults += wrong
        if options.https and url.lower().startswith("http:") and host_of(url) in secure:
            url = f"https:{url[5:]}"
            faults.append("uses http, while other links to this site use https")
        if faults:
            yield _violation(destination, url, faults, is_safe=is_safe)


def _arxiv_form(found: Sequence[Destination]) -> ArxivForm:
    forms = Counter(match["form"].lower() for each in found if (match := _ARXIV.fullmatch(each.url)))
    lead = forms["abs"] - forms["pdf"]
    if abs(lead) < _LEAST_TO_FOLLOW:
        return ArxivForm.ANY
    return ArxivForm.ABS if lead > 0 else ArxivForm.PDF


def _respell_arxiv(
    match: re.Match[str], destination: Destination, form: ArxivForm, *, versions: bool
) -> tuple[str, list[str]]:
    """The address of the paper as it is wanted, and what is wrong with it as it is."""
    found, version, faults = match["form"].lower(), match["version"] or "", []
    if version and versions:
        faults.append(f"leads to version {version[1:]} of the paper, not to the latest")
        version = ""
    # A link that says “pdf” should lead to one.
    if form not in (ArxivForm.ANY, found) and "pdf" not in destination.text.casefold():
        places = {"pdf": "the PDF", "abs": "the abstract"}
        faults.append(f"leads to {places[found]}, not to {places[form]}")
        found = form
    return f"{match['site']}/{found}/{match['id']}{version}{match['rest'] or ''}", faults


def _violation(destination: Destination, url: str, faults: Sequence[str], *, is_safe: bool) -> Violation:
    applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
    return Violation(
        destination.place,
        fitted("{} {}", destination.url, faults[0]),
        f"Write {url}",
        note="".join(f"It also {' and '.join(faults[1:])}" for _ in faults[1:2]),
        fix=rewrite(destination, as_destination(url), applicability),
    )


RULE = Rule("url-style", Group.LINK, check, severity=Severity.WARNING, options=Options, default=False)
