"""The rounds in which fixes are applied: what each applies, what it leaves out, and when it is over.

A fix is only left out of the very text on which it fails: once other fixes have changed the text, it is tried again.
So what is left out at the end fails on the final text, and a second run changes nothing.  That needs two more things.
Fixes that undo each other are taken back, all of them.  And where the final text holds a fix that the report on the
text as given did not promise (see `promises`), a second run would apply it: what has made it safe is taken back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Applicability, AppliedFix, Diagnostic, Edit, Fix
from awesome_lint.fixing.history import History
from awesome_lint.fixing.listing import applied_fixes
from awesome_lint.fixing.patch import Patch, Proposal, choose, is_wanted
from awesome_lint.fixing.promises import Promises
from awesome_lint.fixing.scope import Scope
from awesome_lint.fixing.search import Prover
from awesome_lint.linter.engine import read
from awesome_lint.markdown import Document
from awesome_lint.source import Position, Source, Span

_MOST_ROUNDS = 50
"""Real lists take two or three rounds."""
_MOST_NAMED = 3


class EndlessError(Exception):
    """Fixing took too many rounds; ``rules`` are those that proposed fixes in the last one."""

    def __init__(self, rules: Iterable[str]) -> None:
        super().__init__()
        self.rules = frozenset(rules)


class Refusal(Struct, frozen=True):
    """A fix that was left out, which is a bug of a rule.

    ``rules`` propose it, ``position`` is where the first of their findings starts in the fixed text, ``entry`` what it
    is about, and ``reason`` a clause that says why it was left out.
    """

    rules: tuple[str, ...]
    position: Position
    reason: str
    entry: str = ""


class Fixed(Struct, frozen=True):
    """A source after fixing, what is left to report in it, and how many findings of each rule were fixed.

    ``losses`` is what was gone before and could not be brought back, one sentence each.  ``refusals`` are the fixes
    that were left out, in the order of the text; the findings that they belong to are left, without a fix.
    ``applied`` are the fixes that were applied, in that order.
    ``outside`` counts the findings whose fix was not made, or not in full, as it would change other lines than those
    that may be changed.
    """

    source: Source
    diagnostics: list[Diagnostic]
    counts: Counter[str]
    losses: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    applied: tuple[AppliedFix, ...] = ()
    outside: int = 0


class Rounds:
    """One attempt to fix *document*, in which *check* finds what is wrong, without the fixes of the rules *endless*.

    Only *lines* of the document are changed; None stands for all of them.
    """

    def __init__(
        self,
        document: Document,
        check: Callable[[Document], list[Diagnostic]],
        *,
        unsafe: bool,
        endless: frozenset[str],
        lines: Container[int] | None = None,
    ) -> None:
        self._document = document
        self._given = document.source
        self._check = check
        self._unsafe = unsafe
        self._endless = endless
        self._history = History(document.source)
        self._prover = Prover()
        self._promises: Promises | None = None
        self._scope = Scope(document.source, lines)
        self._outside = 0
        self._most = 1
        """How many fixes are taken back next, when they make another one safe."""

    def run(self) -> Fixed:
        """Apply what can be applied; raises `EndlessError` where that takes too many rounds."""
        rules: set[str] = set()
        for _ in range(_MOST_ROUNDS):
            original = self._within_scope(self._check(self._document))
            found = self._as_promised(original)
            diagnostics = [replace(each, fix=None) if self._reason(each) else each for each in found]
            patch = choose(diagnostics, self._document.source, unsafe=self._unsafe)
            if patch.proposals:
                rules = set(patch.rules)
                self._apply(patch)
                continue
            lowered = [once for once, now in zip(original, found, strict=True) if now is not once]
            taken_back = self._take_back(lowered)
            if not taken_back:
                return self._fixed(diagnostics, found)
            rules = {rule for each in taken_back for rule in each.rules}
        raise EndlessError(rules)

    def _fixed(self, diagnostics: list[Diagnostic], found: list[Diagnostic]) -> Fixed:
        """The result, in which *diagnostics* are left of those *found*: what was left out has no fix."""
        applied = list(self._history.proposals())
        return Fixed(
            self._document.source,
            diagnostics,
            Counter(rule for proposal in applied for rule in proposal.rules),
            tuple(_losses(applied)),
            tuple(self._refusals(found)),
            applied_fixes(self._history.patches, self._given),
            self._outside,
        )

    def _within_scope(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is *found* in the current text, with what of its fixes changes nothing but lines that may be changed."""
        self._outside = 0
        narrowed = []
        for each in found:
            narrow = self._scope.narrow(each, self._document.source, self._history.patches)
            if narrow is not each and each.fix:
                self._outside += is_wanted(each.fix, self._document.source, unsafe=self._unsafe)
            narrowed.append(narrow)
        return narrowed

    def _as_promised(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """What is *found* in the current text, no fix promising more than it did in the text as given."""
        if self._promises is None:
            self._promises = Promises(found, self._document.source)
        return self._promises.kept(found, self._document.source, self._history.patches)

    def _reason(self, diagnostic: Diagnostic) -> str:
        """Why the fix of *diagnostic* is left out of the current text; empty where it is not."""
        if diagnostic.fix is None:
            return ""
        if diagnostic.rule in self._endless:
            return "the fixes of this rule never reach a stable result"
        return self._history.reason(diagnostic.fix.edits)

    def _apply(self, patch: Patch) -> None:
        """Apply what can be proved of *patch*; where that leads to a text that was there before, leave it out there."""
        proved, after, failed = self._prover.prove_most(patch, self._document)
        self._history.refuse((proposal, reason) for proposal, reason in failed)
        if not proved.proposals:
            return
        self._document = after
        circle = self._history.add(proved, after.source)
        if circle:
            self._leave_out(circle)

    def _leave_out(self, circle: Sequence[Patch]) -> None:
        """Leave out of the current text what leads into *circle*, or take back the half of it that led to this text."""
        rules = {rule for patch in circle for rule in patch.rules}
        spans = [edit.span for edit in circle[0].edits]
        halves = self._history.take_back(
            spans, lambda each: _undoing(each, circle), lambda each: rules.issuperset(each.rules), len(spans)
        )
        if halves:
            self._document = read(self._history.source)
        else:
            # Each of these fixes was undone on the way back, or this would be another text.
            self._history.refuse((each, _undoing(each, circle)) for each in circle[0].proposals)

    def _take_back(self, lowered: Iterable[Diagnostic]) -> Sequence[Proposal]:
        """Take back what makes one of *lowered* safe: this run may not apply its fix, but a second one would.

        Where that is not enough, twice as much is taken back the next time.
        """
        for each in lowered:
            if each.fix and not self._reason(each) and is_wanted(each.fix, self._document.source, unsafe=self._unsafe):
                reason = f"it would make a fix of {each.rule} safe that is unsafe in the original text"
                for spans, is_suspect in _suspects(each, each.fix, self._document):
                    taken_back = self._history.take_back(spans, lambda _: reason, is_suspect, self._most)  # noqa: B023
                    if taken_back:
                        self._most *= 2
                        self._document = read(self._history.source)
                        return taken_back
        return ()

    def _refusals(self, found: Iterable[Diagnostic]) -> Iterator[Refusal]:
        refused: dict[tuple[Edit, ...], Refusal] = {}
        for each in found:
            reason = self._reason(each)
            if each.fix and reason and is_wanted(each.fix, self._document.source, unsafe=self._unsafe):
                known = refused.get(each.fix.edits, Refusal((), each.start, reason, each.entry))
                refused[each.fix.edits] = replace(known, rules=(*known.rules, each.rule))
        yield from refused.values()


def _suspects(
    diagnostic: Diagnostic, fix: Fix, document: Document
) -> Iterator[tuple[list[Span], Callable[[Proposal], bool]]]:
    """Where to look for what has made *fix* safe, and what for.

    In its lines and those beside them, in its table, then anywhere, as tables teach each other what columns hold;
    tidying is suspected last.
    """
    source = document.source
    spans = [diagnostic.span, *(edit.span for edit in fix.edits)]
    near = [_with_lines_beside(source, span) for span in spans]
    tables = [table.span for table in document.tables if any(table.span.touches(span) for span in spans)]
    for is_suspect in (_shows, lambda _: True):
        for reach in (near, tables, [Span(0, len(source.text))]):
            yield [diagnostic.span, *reach], is_suspect


def _shows(proposal: Proposal) -> bool:
    return proposal.fix.applicability is not Applicability.FORMAT


def _with_lines_beside(source: Source, span: Span) -> Span:
    first, last = source.position(span.start).line, source.position(span.end).line
    lines = len(source.line_starts)
    return Span(source.line_span(max(1, first - 1)).start, source.line_span(min(lines, last + 1)).end)


def _undoing(proposal: Proposal, circle: Iterable[Patch]) -> str:
    """The clause that says which rules undo *proposal* in the *circle* that it begins."""
    others = sorted({rule for patch in circle for rule in patch.rules} - set(proposal.rules))
    return f"it and the fix of {' and '.join(others[:_MOST_NAMED])} undo each other" if others else "it undoes itself"


def _losses(proposals: Iterable[Proposal]) -> Iterator[str]:
    for proposal in proposals:
        for loss in proposal.fix.losses:
            yield f"“{proposal.entry}”: {loss}" if proposal.entry else loss
