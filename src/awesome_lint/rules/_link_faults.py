"""The kinds of faults of a malformed link."""

from __future__ import annotations

from enum import StrEnum

from awesome_lint.rule import Kind


class LinkFault(StrEnum):
    """What is wrong with how a link is written."""

    REVERSED = "reversed"
    DETACHED = "detached"
    NESTED = "nested"
    LOST_BRACKET = "lost-bracket"
    TWO_ADDRESSES = "two-addresses"
    TITLE = "title"
    NO_ADDRESS = "no-address"
    SPACE = "space"
    QUOTED = "quoted"
    SCHEME = "scheme"
    HOST = "host"
    REPEATED_HOST = "repeated-host"
    DOUBLE_SLASH = "double-slash"
    INVISIBLE = "invisible"
    UNBALANCED = "unbalanced"
    STRAY_END = "stray-end"
    STRAY_BRACKET = "stray-bracket"
    SPARE_SPACE = "spare-space"


_SUMMARIES = {
    LinkFault.REVERSED: "its brackets the wrong way round: (text)[address]",
    LinkFault.DETACHED: "a space between its text and its address: [text] (address)",
    LinkFault.NESTED: "another link in its text",
    LinkFault.LOST_BRACKET: "a missing bracket, or one from another script",
    LinkFault.TWO_ADDRESSES: "two addresses, or a whole link instead of an address",
    LinkFault.TITLE: "a title without straight quotes, or without a space before it",
    LinkFault.NO_ADDRESS: "words instead of an address: [text](nan)",
    LinkFault.SPACE: "a space or line break within its address",
    LinkFault.QUOTED: "quotes or brackets around its address",
    LinkFault.SCHEME: "a mistyped http:// or https://",
    LinkFault.HOST: "no valid host name",
    LinkFault.REPEATED_HOST: "its host name twice",
    LinkFault.DOUBLE_SLASH: "// instead of / in its address",
    LinkFault.INVISIBLE: "an invisible character in its address",
    LinkFault.UNBALANCED: "an unbalanced square bracket in its address",
    LinkFault.STRAY_END: "a stray mark at the end of its address",
    LinkFault.STRAY_BRACKET: "a bracket after it that closes nothing",
    LinkFault.SPARE_SPACE: "a space next to its address, or at an end of its text",
}

KINDS = tuple(Kind(fault, _SUMMARIES[fault]) for fault in LinkFault)
