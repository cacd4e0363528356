"""A link leads to a heading of this document that does not exist.

Headings are renamed, and their anchors with them; the table of contents and the cross-references stay behind.  GitHub
does nothing at all when such a link is clicked.

A link counts as answered where a heading, an `id` or a `name` has its fragment, also percent-encoded or with
`user-content-` before it.  `#` and `#top` lead to the top of the page.  If only upper and lower case differ, it is a
warning: GitHub's own page finds the heading all the same, other renderers do not.

A table of contents that is commented out counts, too, as information: it is wrong the day somebody brings it back.

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

The fragment is replaced where one heading is meant beyond doubt: its anchor has the same letters, or its title is the
link's text.  A heading that is merely alike needs `--unsafe-fixes`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, unquote

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Fix, Severity, Violation
from awesome_lint.markdown import Document, HtmlBlock, HtmlTag
from awesome_lint.markdown.slug import slugify
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import Destination, Places, call, destinations, rewrite
from awesome_lint.source import Span
from awesome_lint.text.urls import Target, as_destination, classify

_ON_EVERY_PAGE = frozenset({"", "top", "readme", "start-of-content"})
"""Fragments that GitHub's page answers whatever the document holds."""
_HEADING_TAG = re.compile(r"h[1-6]")
_TAG = re.compile(r"<[^<>]*>")
_QUOTE_MARKERS = re.compile(r"\n(?:[ \t]*>)+")
_VARIATION_SELECTOR = "\ufe0f"
"""Asks for the coloured form of an emoji; the emoji itself is no part of an anchor, this mark is."""
_USER_CONTENT = "user-content-"
_ALIKE, _ALMOST_EQUAL, _AHEAD = 70, 88, 8
"""Likeness, of 100: worth a suggestion; hardly different; ahead of the next. The indel distance over both lengths."""
_LONGEST_FRAGMENT = 300
_NUMBER = re.compile(r"\d+")
_COMMENTED_ITEM = re.compile(r"^(?:<!--)?[ \t>]*[-*+] \[([^\[\]\n]*)\]\((#[^()\s]+)\)", re.MULTILINE)
_FEWEST_ITEMS = 4
_MOST_COMPARED = 2_000_000
"""How many pairs of a fragment and an anchor are compared; beyond that nothing is suggested."""


def check(context: Context) -> Iterator[Violation]:
    """Yield each link to a fragment that nothing in the document answers."""
    document = context.document
    answers = _Answers(document)
    found = [
        answers.violation(destination)
        for destination in destinations(document)
        if classify(destination.url) is Target.ANCHOR and not answers.has(destination.url)
    ]
    found += _commented_out(document, answers)
    if found:
        places = Places(context)
        yield from (places.name(violation) for violation in found)


class _Guess(Struct, frozen=True):
    """An anchor that may be meant, and whether it is beyond doubt."""

    anchor: str
    certain: bool


class _Answers:
    """The fragments that a document answers."""

    def __init__(self, document: Document) -> None:
        self._anchors = document.anchors | frozenset(_html_heading_anchors(document))
        self._titles: defaultdict[str, set[str]] = defaultdict(set)
        self._letters: defaultdict[str, set[str]] = defaultdict(set)
        for heading in document.headings:
            self._titles[_letters(heading.text)].add(heading.anchor)
        for anchor in self._anchors:
            self._letters[_letters(anchor)].add(anchor)
        self._drawn = {_drawn(anchor): anchor for anchor in document.anchors if _VARIATION_SELECTOR in anchor}
        self._budget = _MOST_COMPARED
        self._sorted = sorted(self._anchors)
        self._near: dict[str, _Guess | None] = {}

    def has(self, url: str) -> bool:
        fragment = url.strip()[1:]
        if fragment.startswith(":~:"):
            return True  # a text fragment is the browser's business
        decoded = unquote(fragment)
        names = {fragment, decoded, decoded.removeprefix(_USER_CONTENT)}
        return bool(names & self._anchors) or decoded.lower() in _ON_EVERY_PAGE

    def violation(self, destination: Destination) -> Violation:
        fragment = unquote(destination.url.strip()[1:])
        name = call(destination.text, image=destination.image)
        if fragment.lower() in self._anchors:
            fix = _fix(destination, fragment.lower(), Applicability.SAFE)
            message = f"{name} leads to `#{fragment}`, but the anchor is in lower case"
            advice = f"Write #{fragment.lower()}"
            return Violation(destination.place, message, help=advice, fix=fix, severity=Severity.WARNING)
        if _drawn(fragment) in self._drawn:
            anchor = self._drawn[_drawn(fragment)]
            message = f"{name} leads to `#{fragment}`, but the anchor also holds the invisible character of its emoji"
            fix = _fix(destination, anchor, Applicability.UNSAFE)
            advice = f"Copy the address of the heading on GitHub: #{quote(anchor)}"
            return Violation(destination.place, message, help=advice, fix=fix, severity=Severity.WARNING)
        message = f"{name} leads to `#{fragment}`, but no heading has this anchor"
        guess = self._guess(fragment, destination.text)
        if guess is None:
            return Violation(destination.place, message, help="Write the anchor of a heading, or #top for the top")
        applicability = Applicability.SAFE if guess.certain else Applicability.UNSAFE
        fix = _fix(destination, guess.anchor, applicability)
        advice = f"Write #{guess.anchor}" if guess.certain else f"Perhaps #{guess.anchor} is meant"
        return Violation(destination.place, message, help=advice, fix=fix)

    def _guess(self, fragment: str, text: str) -> _Guess | None:
        for key, index in ((_letters(fragment), self._letters), (_letters(text), self._titles)):
            if key and len(index.get(key, ())) == 1:
                return _Guess(next(iter(index[key])), certain=True)
        if fragment not in self._near:
            self._near[fragment] = self._nearest(fragment)
        return self._near[fragment]

    def _nearest(self, fragment: str) -> _Guess | None:
        """The likest anchor; beyond doubt where it is hardly different, holds the same numbers and has no rival."""
        self._budget -= len(self._anchors)
        if self._budget < 0 or len(fragment) > _LONGEST_FRAGMENT:
            return None
        from rapidfuzz import fuzz, process  # only a dangling link needs it

        found = process.extract(fragment.lower(), self._sorted, scorer=fuzz.ratio, limit=2, score_cutoff=_ALIKE)
        if not found:
            return None
        anchor, likeness, _ = found[0]
        has_rival = len(found) > 1 and likeness - found[1][1] < _AHEAD
        same_numbers = _NUMBER.findall(fragment) == _NUMBER.findall(anchor)
        return _Guess(anchor, certain=likeness >= _ALMOST_EQUAL and same_numbers and not has_rival)


def _commented_out(document: Document, answers: _Answers) -> Iterator[Violation]:
    """Yield the dangling items of each table of contents in a comment; one that mostly dangles is a mere draft."""
    for comment in document.comments:
        items = list(_COMMENTED_ITEM.finditer(document.source[comment]))
        dangling = [item for item in items if not answers.has(item[2])]
        if len(items) < _FEWEST_ITEMS or 2 * len(dangling) >= len(items):
            continue
        for item in dangling:
            message = f"{call(item[1])} is commented out and leads to `{item[2]}`, but no heading has this anchor"
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


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _fix(destination: Destination, anchor: str, applicability: Applicability) -> Fix | None:
    return rewrite(destination, as_destination(f"#{anchor}"), applicability)


RULE = Rule("dangling-anchor", Group.LINK, check)
