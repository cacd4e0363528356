"""What a rule finds: violations, and the fixes that go with them.

A rule yields a `Violation`; the engine adds the rule's name, its severity and the place, and hands on a
`Diagnostic`.  An `Edit` replaces one span, a `Fix` is a few edits that stand or fall together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NewType

from msgspec import Struct

from awesome_lint.regex import regex
from awesome_lint.source import Position, Source, Span

RuleName = NewType("RuleName", str)
"""The name of a rule, of a kind of finding (``malformed-link.reversed``) or of a group."""

_TABS = regex(r"[ \t]*\t[ \t]*")


class Severity(StrEnum):
    """How bad a finding is for those who read the list; only errors fail a run unless it is strict."""

    ERROR = "error"
    """GitHub shows something wrong, or a link cannot work."""
    WARNING = "warning"
    """A maintainer fixes it when told."""
    INFO = "info"
    """Worth knowing; reported on request, and never a reason for a run to fail."""

    def counted(self, number: int) -> str:
        """*number* findings of this severity in words: ``1 error``, ``2 errors``, ``2 info findings``."""
        noun = "info finding" if self is Severity.INFO else self.value
        return f"{number:,} {noun}{'' if number == 1 else 's'}"


class Applicability(StrEnum):
    """What a fix promises."""

    FORMAT = "format"
    """GitHub renders the same before and after."""
    SAFE = "safe"
    """What is rendered changes, and only one reading of the source makes sense."""
    UNSAFE = "unsafe"
    """Probably right; a person should look."""


class Edit(Struct, frozen=True):
    """Replace the text of one span (normalised code-point offsets).

    ``replaces`` is that text where the edit takes it away on purpose, as when a misspelt value is put right: the fixer
    proves that nothing else is lost.
    """

    span: Span
    text: str
    replaces: str | None = None


class Fix(Struct, frozen=True):
    """Edits that stand or fall together, in ascending order and without overlap.

    ``losses`` is what is gone already and no fix brings back, one clause each; whoever applies the fix is told.
    A ``separable`` fix does not stand or fall as a whole: each of its edits may be made without the others.
    """

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability
    losses: tuple[str, ...] = ()
    separable: bool = False


class Related(Struct, frozen=True):
    """Another place that belongs to a finding.

    ``mirrored`` is for a finding about two places that are equally concerned, such as an entry that stands twice: the
    message of the finding where it is reported at this place, and not at its own.  ``too`` tells that what the finding
    says of its own place is true of this one as well.
    """

    span: Span
    message: str
    mirrored: str = ""
    too: bool = False


class Shared(Struct, frozen=True):
    """What a finding has in common with others of its rule: a convention of the list, or one slip made throughout.

    ``cause`` names it within the rule.  ``message`` says it of several places at once; ``{count}`` in it is replaced by
    their number, ``{edits}`` by that of the edits that fix them all.  ``most_apart`` is how many places are still
    reported one by one.
    """

    cause: str
    message: str
    most_apart: int = 3


class Violation(Struct, frozen=True):
    """What a rule saw.

    ``message`` is one sentence without a final period, ``help`` says what to do, ``entry`` names the entry
    concerned (empty where the finding is about something else).  ``severity`` overrides the rule's own.
    ``explained_by`` is the span of a violation of another rule that explains this one: if that is
    reported, this one is left out.  ``key`` is for a finding about more than its line, such as a value of a
    column or a host: what it is about, in words that stay the same wherever it stands.  ``kind`` is which of the rule's
    kinds of findings it is, empty where the rule has none.

    ``note`` says what GitHub makes of it, in a sentence without a final period.  ``rows`` are the table rows that may
    have been meant, the likeliest first, as they are to be pasted; ``help`` leads up to them.  ``shared`` is what it
    has in common with other findings of the rule.  ``addresses`` are the web addresses of a link that ``message`` and
    ``help`` may name, the link's own first.
    """

    span: Span
    message: str
    help: str = ""
    entry: str = ""
    severity: Severity | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    explained_by: Span | None = None
    key: str = ""
    kind: str = ""
    note: str = ""
    rows: tuple[str, ...] = ()
    shared: Shared | None = None
    addresses: tuple[str, ...] = ()


def full_name(rule: str, kind: str) -> str:
    """The name of a *kind* of finding of *rule*, or of the rule where the kind is empty."""
    return f"{rule}.{kind}" if kind else rule


def rule_of(name: str) -> str:
    """The name of the rule that finds what is called *name*."""
    return name.partition(".")[0]


class RelatedPlace(Struct, frozen=True):
    """A `Related` with its position."""

    start: Position
    message: str
    mirrored: str = ""
    too: bool = False


class Diagnostic(Struct, frozen=True):
    """A violation with the rule that saw it and the place where it is.

    ``home`` is the line on which a comment suppresses it, where that is not the line on which it is reported.
    """

    rule: str
    severity: Severity
    message: str
    path: str
    span: Span
    start: Position
    end: Position
    help: str = ""
    section: tuple[str, ...] = ()
    entry: str = ""
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None
    key: str = ""
    home: int | None = None
    kind: str = ""
    note: str = ""
    rows: tuple[str, ...] = ()
    shared: Shared | None = None
    addresses: tuple[str, ...] = ()

    @property
    def advice(self) -> str:
        """What to do, in one line: ``help``, and the ``rows`` that it leads up to, tabs and line breaks shown."""
        rows = "  or  ".join(_TABS.sub(" ", row).replace("\n", "⏎") for row in self.rows)
        return f"{self.help}: {rows}" if rows else self.help

    @property
    def name(self) -> str:
        """The name by which comments and configurations select it most exactly."""
        return full_name(self.rule, self.kind)


class AppliedFix(Struct, frozen=True):
    """A fix that was applied.

    ``path`` is the name of the text.  ``position`` is where its first edit begins in the text as it was given; what a
    fix makes of text that another one has put there is placed where that began.  ``rules`` has the rule's name once for
    each finding that it answers, ``message`` says what it does, ``entry`` is what it is about, if that has a name.
    """

    path: str
    position: Position
    rules: tuple[str, ...]
    message: str
    entry: str = ""


class FileFindings(Struct, frozen=True):
    """A text and what was found in it, sorted by place."""

    source: Source
    diagnostics: Sequence[Diagnostic]


def all_diagnostics(files: Iterable[FileFindings]) -> list[Diagnostic]:
    """The diagnostics of all *files*, in their order."""
    return [diagnostic for file in files for diagnostic in file.diagnostics]
