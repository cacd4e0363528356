"""A link leads to a heading of this document that does not exist.

When a heading is renamed, its anchor changes, but links to it are easily forgotten.  Clicking such a link does nothing
on GitHub.

A link is fine if a heading, an `id` or a `name` has its fragment, also percent-encoded or prefixed with
`user-content-`.  `#` and `#top` lead to the top of the page.  If only upper and lower case differ, it is a
warning: GitHub's own page finds the heading all the same, other renderers do not.

Links in the grid that a bot writes between the comments `ALL-CONTRIBUTORS-LIST:START` and `END` are left alone.

A table of contents that is commented out is checked as well, but its findings are info: they matter once it is
restored.

## Wrong

```markdown
- [Datasets](#datasets-and-benchmarks)
- [Papers](#Papers)

## Datasets & benchmarks

## Papers
```

## Right

```markdown
- [Datasets](#datasets--benchmarks)
- [Papers](#papers)
- [Tools](#tools)
- [Back to top](#top)

## Datasets & benchmarks

## Papers

<a id="tools"></a>
```

## Fix

The fragment is replaced if exactly one heading can be meant: its anchor has the same letters or hardly differs, or
its title is the link's text.  A heading that is merely similar, or that says more than the link's text, needs
`--unsafe-fixes`.  An item of the table of contents is never sent to a section to which another item leads already, and
if two headings are possible, none is suggested.

## Related rules

`stale-contents`, `missing-fragment`

## When to switch it off

If the README is rendered elsewhere, by a generator whose anchors differ from GitHub's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from urllib.parse import quote, unquote

from awesome_lint.diagnostic import Applicability, Fix, Severity, Shared, Violation
from awesome_lint.markdown import Document, HtmlBlock, HtmlTag
from awesome_lint.markdown.slug import slugify
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._anchor_guess import AnchorGuesser
from awesome_lint.rules._links import (
    Destination,
    ListIndex,
    describe_link,
    destinations,
    invisible_anchors,
    rewrite,
)
from awesome_lint.rules._messages import fitted
from awesome_lint.source import Span, Spans
from awesome_lint.text.urls import Target, as_destination, classify

_ON_EVERY_PAGE = frozenset({"", "top", "readme", "start-of-content"})
"""Fragments that GitHub's page answers whatever the document holds."""
_HEADING_TAG = regex(r"h[1-6]")
_TAG = regex(r"<[^<>]*>")
_QUOTE_MARKERS = regex(r"\n(?:[ \t]*>)+")
_VARIATION_SELECTOR = "\ufe0f"
"""Requests the coloured form of an emoji; the emoji itself is no part of an anchor, this mark is."""
_USER_CONTENT = "user-content-"
_COMMENTED_ITEM = regex(r"^(?:<!--)?[ \t>]*[-*+] \[([^\[\]\n]*)\]\((#[^()\s]+)\)", re.MULTILINE)
_FEWEST_ITEMS = 4
_GENERATED = regex(r"<!--\s*ALL-CONTRIBUTORS-LIST:(START|END)\b")
"""What encloses the grid of contributors of https://allcontributors.org, whose links lead nowhere by design."""


def check(context: Context) -> Iterator[Violation]:
    """Yield each link to a fragment that nothing in the document answers."""
    document = context.document
    answers = _Answers(context)
    generated = Spans(_generated(document))
    hidden = invisible_anchors(document)
    found = [
        answers.violation(destination)
        for destination in destinations(document)
        if classify(destination.url) is Target.ANCHOR
        and not answers.has(destination.url)
        and destination.place.start not in generated
        and destination.place not in hidden
    ]
    found += _commented_out(document, answers)
    if found:
        index = ListIndex(context)
        yield from (index.name(violation) for violation in found)


def _generated(document: Document) -> Iterator[Span]:
    """The parts of *document* that a program writes and that are not for people to edit."""
    start: int | None = None
    for comment in document.comments:
        if (match := _GENERATED.match(document.source[comment])) is None:
            continue
        if match[1] == "START":
            start = comment.start if start is None else start
        elif start is not None:
            yield Span(start, comment.end)
            start = None


_CAPITALS = Shared("capitals", "{count} links have capitals in their anchor, but anchors are in lower case")


class _Answers:
    """The fragments that a document answers."""

    def __init__(self, context: Context) -> None:
        document = context.document
        self._context = context
        self._anchors = document.anchors | frozenset(_html_heading_anchors(document))
        self._drawn = {_drawn(anchor): anchor for anchor in document.anchors if _VARIATION_SELECTOR in anchor}

    @cached_property
    def _guesser(self) -> AnchorGuesser:
        return AnchorGuesser(self._context.document, self._anchors, self._context.contents)

    def has(self, url: str) -> bool:
        fragment = url.strip()[1:]
        if fragment.startswith(":~:"):
            return True  # a text fragment is the browser's business
        decoded = unquote(fragment)
        names = {fragment, decoded, decoded.removeprefix(_USER_CONTENT)}
        return bool(names & self._anchors) or decoded.lower() in _ON_EVERY_PAGE

    def violation(self, destination: Destination) -> Violation:
        fragment = unquote(destination.url.strip()[1:])
        name = describe_link(destination.text, image=destination.image)
        if fragment.lower() in self._anchors:
            fix = _fix(destination, fragment.lower(), Applicability.SAFE)
            message = fitted("{} leads to `#{}`, but anchors are in lower case", name, fragment)
            advice = f"Write #{fragment.lower()}"
            return Violation(
                destination.place, message, help=advice, fix=fix, severity=Severity.WARNING, shared=_CAPITALS
            )
        if _drawn(fragment) in self._drawn:
            anchor = self._drawn[_drawn(fragment)]
            message = fitted("{} leads to `#{}`, without the invisible character of the emoji", name, fragment)
            fix = _fix(destination, anchor, Applicability.UNSAFE)
            advice = f"Write #{quote(anchor)}, as the heading has it on GitHub"
            return Violation(destination.place, message, help=advice, fix=fix, severity=Severity.WARNING)
        message = fitted("{} leads to `#{}`, but no heading has this anchor", name, fragment)
        guess = self._guesser.guess(fragment, destination.text, destination.place.start)
        if guess is None:
            return Violation(destination.place, message, help="Write the anchor of a heading, or #top for the top")
        applicability = Applicability.SAFE if guess.certain else Applicability.UNSAFE
        fix = _fix(destination, guess.anchor, applicability)
        advice = f"Write #{guess.anchor}" if guess.certain else f"Write #{guess.anchor}, if that section is meant"
        return Violation(destination.place, message, help=advice, fix=fix)


def _commented_out(document: Document, answers: _Answers) -> Iterator[Violation]:
    """Yield the dangling items of each table of contents in a comment; one that mostly dangles is a mere draft."""
    for comment in document.comments:
        items = list(_COMMENTED_ITEM.finditer(document.source[comment]))
        dangling = [item for item in items if not answers.has(item[2])]
        if len(items) < _FEWEST_ITEMS or 2 * len(dangling) >= len(items):
            continue
        for item in dangling:
            name = describe_link(item[1])
            message = fitted("{} in a comment leads to `{}`, but no heading has this anchor", name, item[2])
            place = Span(comment.start + item.start(1) - 1, comment.start + item.end(2) + 1)
            yield Violation(place, message, help="Write the anchor of a heading", severity=Severity.INFO)


def _html_heading_anchors(document: Document) -> Iterator[str]:
    """The anchors that GitHub gives to ``<h2>…</h2>``, numbered where the text is not the first of its kind.

    Whether the white space inside counts depends on how GitHub reads the HTML, so both forms are answers.
    """
    seen: Counter[str] = Counter()
    for block in document.blocks:
        opened: HtmlTag | None = None
        for tag in block.tags if isinstance(block, HtmlBlock) else ():
            if _HEADING_TAG.fullmatch(tag.name) is None:
                continue
            if tag.closing and opened:
                content = document.source[Span(opened.span.end, tag.span.start)]
                text = unescape(_TAG.sub("", _QUOTE_MARKERS.sub("\n", content)))
                for anchor in {slugify(text), slugify(text.strip())}:
                    yield f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor
                    seen[anchor] += 1
            opened = None if tag.closing else tag


def _drawn(anchor: str) -> str:
    return anchor.replace(_VARIATION_SELECTOR, "")


def _fix(destination: Destination, anchor: str, applicability: Applicability) -> Fix | None:
    return rewrite(destination, as_destination(f"#{anchor}"), applicability)


RULE = Rule("dangling-anchor", Group.LINK, check)
