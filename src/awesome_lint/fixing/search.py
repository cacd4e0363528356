"""Which of the fixes of a patch can be proved: all of them at once if possible, else as many as a search finds."""

from __future__ import annotations

from collections.abc import Iterable

from awesome_lint.fixing.patch import Patch, Proposal
from awesome_lint.fixing.proof import UnprovedError, prove
from awesome_lint.linter.engine import read
from awesome_lint.markdown import Document

_MOST_PROOFS = 100
"""The most proofs that are tried to tell fixes that fail from those that do not; one among 2,000 takes about 25."""


class Prover:
    """Proves patches, and remembers what failed: such fixes are tried apart from the others in the next round."""

    def __init__(self) -> None:
        self._proofs = 0
        self._suspects: set[tuple[str, ...]] = set()

    def prove_most(self, patch: Patch, before: Document) -> tuple[Patch, Document, list[tuple[Proposal, str]]]:
        """The part of *patch* that is proved, what it makes of *before*, and the fixes that fail alone, with reasons.

        A fix that only fails beside others is in neither: the next round may try it again.
        """
        suspects = [each for each in patch.proposals if _looks(each) in self._suspects]
        waiting = [suspects, [each for each in patch.proposals if _looks(each) not in self._suspects]]
        proved, after = Patch(()), before
        failed: list[tuple[Proposal, str]] = []
        while waiting:
            part = waiting.pop()
            if not part:
                continue
            try:
                after = self._prove(Patch((*proved.proposals, *part)), before)
                proved = Patch((*proved.proposals, *part))
            except UnprovedError as error:
                if self._proofs >= _MOST_PROOFS:
                    failed += ((each, "too many fixes of this file cannot be proved") for each in part)
                elif len(part) > 1:
                    waiting += (part[len(part) // 2 :], part[: len(part) // 2])
                elif not proved.proposals or self._fails(part, before):
                    failed.append((part[0], f"it would {error}"))
        self._suspects.update(_looks(each) for each, _ in failed)
        return proved, after, failed

    def _fails(self, proposals: Iterable[Proposal], before: Document) -> bool:
        try:
            self._prove(Patch(tuple(proposals)), before)
        except UnprovedError:
            return True
        return False

    def _prove(self, patch: Patch, before: Document) -> Document:
        self._proofs += 1
        try:
            after = read(patch.apply(before.source))
        except ValueError:
            raise UnprovedError("change one place twice") from None
        prove(before, after, patch)
        return after


def _looks(proposal: Proposal) -> tuple[str, ...]:
    """What a fix looks like wherever it stands."""
    return (*proposal.rules, *(edit.text for edit in proposal.fix.edits))
