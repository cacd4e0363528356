"""What a finding is about, however its lines move: the key by which findings of two versions are compared."""

from __future__ import annotations

from hashlib import sha256

from awesome_lint.diagnostic import Diagnostic
from awesome_lint.regex import regex
from awesome_lint.source import Source, Span

_LONGEST_EXCERPT = 80
_SUPPRESSION = regex(r"<!--\s*awesome-lint\s[^<>]*-->")


def identity(diagnostic: Diagnostic, source: Source) -> str:
    """The rule and what it complains about: the finding's own key, else the text of its lines, as `folded` gives it."""
    return f"{diagnostic.rule}\n{diagnostic.key or lines_of(diagnostic, source)}"


def lines_of(diagnostic: Diagnostic, source: Source) -> str:
    """The text of the lines that the finding covers, as `folded` gives it."""
    start = source.line_span(diagnostic.start.line).start
    end = source.line_span(diagnostic.end.line).end
    return folded(source[Span(start, end)])


def folded(text: str) -> str:
    """*text* with its white space folded and without comments that suppress findings: they change no row."""
    return " ".join(_SUPPRESSION.sub(" ", text).split())


def fingerprint(diagnostic: Diagnostic, source: Source) -> str:
    """`identity` as 32 hexadecimal digits."""
    return sha256(identity(diagnostic, source).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def excerpt(diagnostic: Diagnostic, source: Source) -> str:
    """The beginning of what the finding is about, for people who read a list of fingerprints."""
    text = diagnostic.key or diagnostic.entry or lines_of(diagnostic, source)
    return text if len(text) <= _LONGEST_EXCERPT else f"{text[: _LONGEST_EXCERPT - 1]}…"
