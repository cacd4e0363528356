"""The rounds in which fixes are applied: what each applies, what it leaves out, and when it is over.

A fix is only left out of the very text on which it fails: once other fixes have changed the text, it is tried again.
So what is left out at the end fails on the final text, and a second run changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.diagnostic import Diagnostic, Edit
from awesome_lint.fixing.patch import Patch, Proposal, choose, is_wanted
from awesome_lint.fixing.promises import Promises
from awesome_lint.fixing.search import Prover
from awesome_lint.markdown import Document
from awesome_lint.source import Position, Source

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
    ``lowered`` are the findings whose fix would have promised more than the first report did (see `promises`).
    """

    source: Source
    diagnostics: list[Diagnostic]
    counts: Counter[str]
    losses: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    lowered: tuple[Diagnostic, ...] = ()


class Rounds:
    """One attempt to fix *document*, in which *check* finds what is wrong, without the fixes of the rules *endless*."""

    def __init__(
        self,
        document: Document,
        check: Callable[[Document], list[Diagnostic]],
        *,
        unsafe: bool,
        endless: frozenset[str],
    ) -> None:
        self._document = document
        self._check = check
        self._unsafe = unsafe
        self._endless = endless
        self._patches: list[Patch] = []
        self._states = [_digest(document)]
        """The texts there were, the current one last; one more than patches."""
        self._refused: defaultdict[bytes, dict[tuple[Edit, ...], str]] = defaultdict(dict)
        """For each text the fixes that are left out of it, and why."""
        self._prover = Prover()
        self._promises: Promises | None = None

    def run(self) -> Fixed:
        """Apply what can be applied; raises `EndlessError` where that takes too many rounds."""
        patch = Patch(())
        for _ in range(_MOST_ROUNDS):
            original = self._check(self._document)
            found = self._as_promised(original)
            diagnostics = [replace(each, fix=None) if self._reason(each) else each for each in found]
            patch = choose(diagnostics, self._document.source, unsafe=self._unsafe)
            if not patch.proposals:
                return Fixed(
                    self._document.source,
                    diagnostics,
                    Counter(rule for proposal in self._applied() for rule in proposal.rules),
                    tuple(_losses(self._applied())),
                    tuple(self._refusals(found)),
                    tuple(now for now, once in zip(found, original, strict=True) if now is not once),
                )
            proved, after, failed = self._prover.prove_most(patch, self._document)
            self._refused[self._states[-1]].update((proposal.fix.edits, reason) for proposal, reason in failed)
            if proved.proposals:
                self._go_on(proved, after)
        raise EndlessError(patch.rules)

    def _as_promised(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """What is *found* in the current text, no fix promising more than it did in the text as given."""
        if self._promises is None:
            self._promises = Promises(found, self._document.source)
        return self._promises.kept(found, self._document.source, self._patches)

    def _reason(self, diagnostic: Diagnostic) -> str:
        """Why the fix of *diagnostic* is left out of the current text; empty where it is not."""
        if diagnostic.fix is None:
            return ""
        if diagnostic.rule in self._endless:
            return "the fixes of this rule do not come to an end"
        return self._refused[self._states[-1]].get(diagnostic.fix.edits, "")

    def _go_on(self, patch: Patch, after: Document) -> None:
        """Take *patch*, which has made *after*; where that text was there before, leave out what led away from it."""
        self._document = after
        self._patches.append(patch)
        state = _digest(after)
        if state not in self._states:
            self._states.append(state)
            return
        first = self._states.index(state)
        circle = self._patches[first:]
        # Each of these fixes was undone on the way back, or this would be another text.
        self._refused[state].update((each.fix.edits, _undoing(each, circle)) for each in circle[0].proposals)
        del self._patches[first:], self._states[first + 1 :]

    def _refusals(self, found: Iterable[Diagnostic]) -> Iterator[Refusal]:
        refused: dict[tuple[Edit, ...], Refusal] = {}
        for each in found:
            reason = self._reason(each)
            if each.fix and reason and is_wanted(each.fix, self._document.source, unsafe=self._unsafe):
                known = refused.get(each.fix.edits, Refusal((), each.start, reason, each.entry))
                refused[each.fix.edits] = replace(known, rules=(*known.rules, each.rule))
        yield from refused.values()

    def _applied(self) -> Iterator[Proposal]:
        return (proposal for patch in self._patches for proposal in patch.proposals)


def _undoing(proposal: Proposal, circle: Iterable[Patch]) -> str:
    """The clause that says which rules undo *proposal* in the *circle* that it begins."""
    others = sorted({rule for patch in circle for rule in patch.rules} - set(proposal.rules))
    return f"it and the fix of {' and '.join(others[:_MOST_NAMED])} undo each other" if others else "it undoes itself"


def _losses(proposals: Iterable[Proposal]) -> Iterator[str]:
    for proposal in proposals:
        for loss in proposal.fix.losses:
            yield f"“{proposal.entry}”: {loss}" if proposal.entry else loss


def _digest(document: Document) -> bytes:
    return sha256(document.source.text.encode("utf-8", "surrogatepass")).digest()
