"""A link is spelt wrongly: swapped brackets, a space where none may stand, a damaged `https://`.

GitHub shows such a link as text, or as a link that leads nowhere.

Reported are `(text)[address]`, `[text] (address)`, links inside the text of a link, addresses with spaces, two
addresses in one link, `https:/example.org`, `htp://example.org` and their like, and words such as `nan` in place of an
address.  What does less harm is a warning: a space beside the address or at an end of the link's text, which GitHub
forgives, a `)` or `]` after the link that closes nothing, a stray `,` or `%20` at the end of the address, an unbalanced
`[` in it, a host that stands twice, and `//` where arXiv, a DOI or a repository has one `/`.

## Wrong

```markdown
- (Alpha)[https://example.org/alpha]
- [Beta] (https://example.org/beta)
- [Gamma](https:/example.org/gamma)
- [Delta](nan)
- [Epsilon](docs/the guide.pdf)
- [[Zeta](https://example.org/zeta)](https://example.org/zeta.pdf)
```

```markdown
- [Alpha]( https://example.org/alpha )
- [ Beta ](https://example.org/beta)
- [Gamma](https://example.org/gamma))
- [Delta](https://arxiv.org/abs//2001.00001)
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
- [Gamma](https://example.org/gamma)
- [Epsilon](docs/the%20guide.pdf)
- [[Zeta]](https://example.org/zeta) ([pdf](https://example.org/zeta.pdf))
- [Eta](<docs/the guide.pdf> "The guide")
- Theta ([pdf](https://example.org/theta.pdf))
```

## Fix

Brackets, spaces and schemes are put right where only one reading makes sense.  What stands at the end of an address is
only removed with `--unsafe-fixes`: a few addresses do end in a comma.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Violation
from awesome_lint.markdown import (
    BrokenKind,
    BrokenLink,
    Document,
    LinkKind,
)
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._link_spaces import spaced_links
from awesome_lint.rules._links import (
    Destination,
    Places,
    call,
    destinations,
    holds_link,
    is_truncated,
    rewrite,
    shorten,
)
from awesome_lint.rules._stray_brackets import stray_brackets
from awesome_lint.source import Span
from awesome_lint.text.urls import Parts, Target, as_destination, classify, respell_scheme, split_url

_LIST_MARKER = re.compile(r"[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)+")
_GLUED = re.compile(r"\[(?P<first>[^\[\]]+)\]\((?P<second>[^()]*(?:\([^()]*\))?[^()]*)\)?")
_WRAPPED = re.compile(
    r"[\"'`\u201c\u2018(\[]+(?P<url>https?://[^\"'`\u201d\u2019]+?)[\"'`\u201d\u2019)\]]*", re.IGNORECASE
)
_JUNK = re.compile(r"(?:%20|%C2%A0|[,;>\"'\u3002\uff0c\uff1b\u3001])+\Z", re.IGNORECASE)
_FULL_STOP = re.compile(r"(?<=[a-z0-9/])(?<![A-Z][a-z])(?<![A-Z][a-z]{2})(?<!etc)\.\Z")
_INVISIBLE = re.compile("[\u00a0\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff]")
_RUN_ON = re.compile(r"(?<=[a-z0-9{}|])https?://", re.IGNORECASE)
_DOUBLED = re.compile(r"https?://(?P<host>[^/\s]+)/(?=https?://(?P=host)/)", re.IGNORECASE)
"""What stands once more in front of ``https://doi.org/https://doi.org/10.1000/1``."""
_EMPTY_SEGMENT = re.compile(
    r"https?://(?:www\.)?(?:(?:export\.)?arxiv\.org(?:/\w+)?|(?:dx\.)?doi\.org|(?:github\.com|huggingface\.co)(?:/[\w.-]+)?)"
    r"(?P<slashes>/{2,})[^/\s]",
    re.IGNORECASE,
)
"""Addresses whose first segments are never empty: https://info.arxiv.org/help/arxiv_identifier_for_services.html and
https://www.doi.org/doi-handbook/HTML/ say what follows the host, and owners and repositories have names."""
_BAD_HOST = re.compile(r"^\.|\.\.|[,\s]")
_FILE = re.compile(r"\.(?:md|pdf|html?|png|jpe?g|gif|svg|webp|zip|txt|csv|docx?|pptx?|xlsx?|ipynb|py)\Z", re.IGNORECASE)
_TITLE = re.compile(
    r"(?P<url>\S+)\s+[\"'\u201c\u201d\u2018\u2019](?P<title>[^\"\u201c\u201d]*)[\"'\u201c\u201d\u2018\u2019]"
)
_ADDRESS = re.compile(r"https?:/+(?:www\.)?|www\.", re.IGNORECASE)
_GLUED_TITLE = re.compile(r"(?P<url>[^\s\"]+)\"(?P<title>[^\"]+)\"")
_SPACED_HOST = re.compile(r"https?://[^/\s]+\s+/", re.IGNORECASE)
_SPACE = re.compile(r"\s")
_SPACES = re.compile(r"\s+")


def check(context: Context) -> Iterator[Violation]:
    """Yield every link that is spelt wrongly but has not lost its end."""
    document = context.document
    found = [_broken(document, link) for link in document.broken_links if not is_truncated(link)]
    found += _misspelt(document, context.facts.exists)
    found += spaced_links(document)
    found += stray_brackets(document)
    if any(found):
        places = Places(context)
        yield from (places.name(violation) for violation in found if violation)


def _broken(document: Document, link: BrokenLink) -> Violation | None:
    """What is wrong with a link that GitHub shows as text."""
    if link.kind is BrokenKind.REVERSED:
        return _reversed(document, link)
    if link.kind is BrokenKind.DETACHED:
        return _detached(document, link)
    return _nested(document, link) if link.kind is BrokenKind.NESTED else _with_spaces(link)


def _reversed(document: Document, link: BrokenLink) -> Violation:
    name, text, end = call(link.text), link.text_span, link.destination_span.end
    closing = Edit(Span(end, end + 1), ")")
    edits: tuple[Edit, ...]
    if document.source[Span(link.span.start, text.start)] == "(":
        message = f"{name} has its brackets the wrong way round"
        edits = (Edit(Span(link.span.start, text.start), "["), Edit(Span(text.end, text.end + 2), "]("), closing)
    else:
        message = f"{name} has its address in square brackets"
        edits = (Edit(Span(text.end + 1, text.end + 2), "("), closing)
    is_plain = not holds_link(document, text) and link.text.count("[") == link.text.count("]")
    fix = Fix("Write it as [text](address)", edits, Applicability.SAFE) if is_plain else None
    return Violation(link.span, message, help=_as_link(link), fix=fix)


def _as_link(link: BrokenLink) -> str:
    return f"Write [{shorten(link.text)}]({link.destination})"


def _detached(document: Document, link: BrokenLink) -> Violation | None:
    source = document.source
    line = source.line_span(source.position(link.span.start).line)
    is_task = link.text in ("x", "X") and _LIST_MARKER.fullmatch(source.text, line.start, link.span.start)
    if is_task:
        return None
    gap = Span(link.text_span.end + 1, link.destination_span.start - 1)
    fix = None if source[gap].strip() else Fix("Remove the space", (Edit(gap, ""),), Applicability.SAFE)
    message = f"{call(link.text)} has a space between its text and its address, so it is no link"
    return Violation(link.span, message, help=_as_link(link), fix=fix)


def _nested(document: Document, link: BrokenLink) -> Violation:
    source, name, text, end = document.source, call(link.text), link.text_span, link.destination_span.end
    if holds_link(document, text):
        message = f"{name} holds another link in its text, so GitHub shows its brackets and its address"
        return Violation(link.span, message, help="Put the two links side by side")
    if "](" in link.destination:
        return _two_links(name, link)
    if link.span.start == text.start:
        fix = Fix("Insert the `[`", (Edit(Span(text.start, text.start), "["),), Applicability.UNSAFE)
        return Violation(link.span, f"{name} has lost the `[` before its text", help=_as_link(link), fix=fix)
    opening, closing = Span(text.end + 1, link.destination_span.start), Span(end, end + 1)
    edits = (Edit(opening, "("), *(() if source[closing] == ")" else (Edit(closing, ")"),)))
    fix = Fix("Write the address in ( and )", edits, Applicability.SAFE)
    fault = "brackets of another script around its address" if source[opening] else "no `(` before its address"
    return Violation(link.span, f"{name} has {fault}", help=_as_link(link), fix=fix)


def _two_links(name: str, link: BrokenLink) -> Violation:
    match = _GLUED.fullmatch(link.destination)
    if match is None:
        return Violation(link.span, f"{name} has two addresses", help="Write one link for each address")
    return _whole_link(link.span, name, match, link.destination_span)


def _with_spaces(link: BrokenLink) -> Violation:
    name, destination = call(link.text, image=link.image), link.destination
    if len(_ADDRESS.findall(destination)) > 1:
        return Violation(link.span, f"{name} has two addresses", help="Write one link for each address")
    if match := _TITLE.fullmatch(destination):
        edit = Edit(link.destination_span, f'{match["url"]} "{match["title"]}"')
        fix = Fix("Use straight quotes", (edit,), Applicability.SAFE)
        message = f"{name} has a title without straight quotes, so it is no link"
        return Violation(link.span, message, help='Write [text](address "title")', fix=fix)
    is_file = classify(destination) is Target.FILE and _FILE.search(destination) is not None
    if not is_file and not _ADDRESS.match(destination):
        return Violation(
            link.span,
            f"{name} has words in place of an address, so GitHub shows its brackets",
            help="Write an address, or put a space before the `(`",
            severity=Severity.WARNING,
        )
    is_broken_off = "\n" in destination or _SPACED_HOST.match(destination) is not None
    encoded = _SPACE.sub("%20", destination) if is_file else _SPACES.sub("" if is_broken_off else "%20", destination)
    what = "line break" if "\n" in destination else "space"
    fix = Fix(
        f"Mend the {what}",
        (Edit(link.destination_span, encoded),),
        Applicability.SAFE if is_file else Applicability.UNSAFE,
    )
    return Violation(
        link.span, f"{name} has a {what} in its address, so it is no link", help=f"Write {encoded}", fix=fix
    )


def _misspelt(document: Document, exists: Callable[[str], bool] | None) -> Iterator[Violation]:
    """Links that GitHub shows, but whose addresses lead nowhere."""
    for destination in destinations(document):
        found = _glued(document, destination) or _wrapped(document, destination)
        if found is None:
            target = classify(destination.url)
            if target is Target.MISSPELT:
                found = _bad_scheme(document, destination)
            elif target is Target.PLACEHOLDER and not (exists and exists(destination.url)):
                name = call(destination.text, image=destination.image)
                message = f"{name} has the word “{destination.url}” in place of an address"
                found = Violation(destination.place, message, help="Write the address, or remove the link")
            elif target is Target.WEB:
                found = _bad_address(document, destination)
        if found is not None:
            yield found


def _glued(document: Document, destination: Destination) -> Violation | None:
    """``[text]([http://a](http://b))``: a whole link was pasted as the destination."""
    if "](" not in destination.url:
        return None
    name = call(destination.text, image=destination.image)
    match = _GLUED.fullmatch(document.source[destination.span].strip())
    if not match or not _ADDRESS.match(match["second"]):
        return Violation(destination.place, f"{name} has two addresses", help="Write one link for each address")
    found = _whole_link(destination.place, name, match, destination.span)
    return replace(found, fix=None) if destination.kind is LinkKind.REFERENCE else found


def _whole_link(place: Span, name: str, match: re.Match[str], span: Span) -> Violation:
    # Even where both addresses are the same, what GitHub shows now is another text and another link.
    edit = Edit(span, match["second"])
    return Violation(
        place,
        f"{name} has a whole link in place of its address",
        help=f"Write the address alone: {match['second']}",
        fix=Fix("Keep the address alone", (edit,), Applicability.UNSAFE),
    )


def _wrapped(document: Document, destination: Destination) -> Violation | None:
    match = _WRAPPED.fullmatch(document.source[destination.span])
    if match is None:
        return None
    return _respelt(destination, "has quotes or brackets around its address", match["url"], Applicability.SAFE)


def _bad_scheme(document: Document, destination: Destination) -> Violation:
    right = respell_scheme(document.source[destination.span].strip())
    right = right or as_destination(respell_scheme(destination.url.strip()) or destination.url)
    found = _respelt(destination, "has an address with a damaged `http://` or `https://`", right, Applicability.SAFE)
    is_whole = _is_public(split_url(right))
    return found if is_whole else replace(found, help="Write the whole address", fix=None)


def _is_public(parts: Parts | None) -> bool:
    """Whether the host can be somebody's site; ``localhost``, a port and a numeric address tell a deliberate one."""
    if parts is None or _BAD_HOST.search(parts.host):
        return False
    return "." in parts.host or bool(parts.port) or parts.host == "localhost" or parts.host.startswith("[")


def _bad_address(document: Document, destination: Destination) -> Violation | None:
    written = document.source[destination.span]
    parts = split_url(destination.url)
    if parts is None or not _is_public(parts):
        message = f"{call(destination.text, image=destination.image)} has no valid host name in its address"
        return Violation(destination.place, message, help=f"Check {destination.url}")
    if doubled := _DOUBLED.match(written):
        right = written[doubled.end() :]
        return _respelt(destination, "has its host twice", right, Applicability.UNSAFE, Severity.WARNING)
    if empty := _EMPTY_SEGMENT.match(written):
        right = written[: empty.start("slashes")] + "/" + written[empty.end("slashes") :]
        return _respelt(destination, "has `//` for `/` in its address", right, Applicability.UNSAFE, Severity.WARNING)
    if _RUN_ON.search(written):
        message = f"{call(destination.text, image=destination.image)} has two addresses in one"
        return Violation(destination.place, message, help="Write one link for each address", severity=Severity.WARNING)
    if _INVISIBLE.search(written):
        right = _INVISIBLE.sub("", written)
        return _respelt(destination, "has an invisible character in its address", right, Applicability.UNSAFE)
    if not destination.image and (stray := _unbalanced(parts.path)):
        right = written[:-1] if written.endswith(stray) else ""
        found = _respelt(
            destination, f"has an unbalanced `{stray}` in its address", right, Applicability.UNSAFE, Severity.WARNING
        )
        return found if right else replace(found, help=f"Check {destination.url}", fix=None)
    if destination.image or parts.query or parts.fragment or "wiki" in parts.host:
        return None  # a badge's label may be a space, a title may end in a full stop
    if title := _GLUED_TITLE.fullmatch(written):
        message = f"{call(destination.text)} has no space between its address and its title"
        advice = f'Write {title["url"]} "{title["title"]}"'
        return Violation(destination.place, message, help=advice, severity=Severity.WARNING)
    junk = _JUNK.search(written) or _FULL_STOP.search(written)
    if junk is None:
        return None
    fault = f"has a stray `{junk[0]}` at the end of its address"
    return _respelt(destination, fault, written[: junk.start()], Applicability.UNSAFE, Severity.WARNING)


def _unbalanced(path: str) -> str:
    """The square bracket that *path* has too many of, empty where it has none or as many of both."""
    balance = path.count("[") - path.count("]")
    return "[" if balance > 0 else "]" if balance < 0 else ""


def _respelt(
    destination: Destination, fault: str, right: str, applicability: Applicability, severity: Severity | None = None
) -> Violation:
    return Violation(
        destination.place,
        f"{call(destination.text, image=destination.image)} {fault}",
        help=f"Write {right}",
        severity=severity,
        fix=rewrite(destination, right, applicability),
    )


RULE = Rule("malformed-link", Group.LINK, check)
