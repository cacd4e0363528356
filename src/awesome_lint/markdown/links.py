"""Links, images, and what was meant as one but is not."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from awesome_lint.source import Span


class LinkKind(StrEnum):
    """How a link is written."""

    INLINE = "inline"
    """``[text](destination)``"""
    REFERENCE = "reference"
    """``[text][label]``, ``[label][]`` or ``[label]``"""
    AUTOLINK = "autolink"
    """``<https://…>`` or ``<name@example.org>``"""
    BARE = "bare"
    """``https://…``, ``www.…`` or an e-mail address in running text"""
    HTML = "html"
    """``<a href="…">`` or ``<img src="…">``"""


class Link(Struct, frozen=True):
    """A link or an image that GitHub shows.

    ``text`` is what a reader sees (an image's alternative text), ``url`` the destination with backslash
    escapes and character references resolved and percent escapes kept.  ``destination_span`` covers the
    destination without ``<>`` or title; for a reference it covers the label, for ``[x]()`` it is empty.
    An image inside a link's text is a link of its own, with ``image`` true.
    """

    kind: LinkKind
    span: Span
    text_span: Span
    destination_span: Span
    text: str
    url: str
    title: str = ""
    image: bool = False


class BrokenKind(StrEnum):
    """In which way something that was meant as a link fails to be one."""

    UNCLOSED = "unclosed"
    """``[text](http://a `` without the ``)``"""
    SPACED = "spaced"
    """``[text](http://a b)``: a space ends the destination"""
    REVERSED = "reversed"
    """``(text)[http://a]``"""
    DETACHED = "detached"
    """``[text] (http://a)``: a space between the two parts"""
    NESTED = "nested"
    """Brackets that keep GitHub from seeing the link"""
    TAG = "tag"
    """``<a href="http://a`` or ``<img src="http://a``: an attribute or tag that is never closed"""


class BrokenLink(Struct, frozen=True):
    """What was meant as a link, but GitHub shows as text.

    ``span`` runs from the opening bracket (or tag) to the end of what can be read as the destination,
    trailing white space excluded; ``text`` and ``destination`` are as written.
    """

    kind: BrokenKind
    span: Span
    text_span: Span
    destination_span: Span
    text: str
    destination: str
    image: bool = False


class UndefinedReference(Struct, frozen=True):
    """``[text][label]`` or ``[label][]`` whose label nothing defines: GitHub shows the brackets.

    ``text`` is what a reader sees between the first brackets, ``label`` as written; ``label_span`` covers the label,
    which is the text in ``[label][]``.
    """

    span: Span
    text_span: Span
    label_span: Span
    text: str
    label: str
    image: bool = False
