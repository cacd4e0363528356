"""The texts of one run, the patches between them, and which fixes are left out of which text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from awesome_lint.diagnostic import Edit
from awesome_lint.fixing.patch import Patch, Proposal
from awesome_lint.source import Source, Span


class History:
    """What became of a source, patch after patch; what was applied can be taken back."""

    def __init__(self, source: Source) -> None:
        self._sources = [source]
        self._patches: list[Patch] = []
        self._refused: defaultdict[str, dict[tuple[Edit, ...], str]] = defaultdict(dict)

    @property
    def source(self) -> Source:
        """The current text."""
        return self._sources[-1]

    @property
    def patches(self) -> Sequence[Patch]:
        """What has led to the current text, in order."""
        return self._patches

    def proposals(self) -> Iterator[Proposal]:
        """All fixes that have led to the current text."""
        return (proposal for patch in self._patches for proposal in patch.proposals)

    def refuse(self, proposals: Iterable[tuple[Proposal, str]]) -> None:
        """Leave *proposals* out of the current text, each for the reason that is next to it."""
        self._refused[self.source.text].update((proposal.fix.edits, reason) for proposal, reason in proposals)

    def reason(self, edits: tuple[Edit, ...]) -> str:
        """Why the fix that makes *edits* is left out of the current text; empty where it is not."""
        return self._refused[self.source.text].get(edits, "")

    def add(self, patch: Patch, source: Source) -> Sequence[Patch]:
        """Let *source* follow by *patch*; if it was there before, go back to it and return the circle of patches."""
        self._patches.append(patch)
        first = next((i for i, each in enumerate(self._sources) if each.text == source.text), None)
        if first is None:
            self._sources.append(source)
            return ()
        circle = self._patches[first:]
        self._go_back(first)
        return circle

    def take_back(
        self, spans: Sequence[Span], why: Callable[[Proposal], str], is_suspect: Callable[[Proposal], bool], most: int
    ) -> Sequence[Proposal]:
        """Go back to before the last suspects that wrote something at *spans* of the current text, and leave them out.

        *why* says for what reason.  Of more than *most* suspects, those nearest to the first of *spans* are taken.
        Returns them, all of one patch; none if there are none.
        """
        for index in range(len(self._patches) - 1, -1, -1):
            patch = self._patches[index]
            found = [each for each in _touching(patch, spans) if is_suspect(each)][:most]
            if found:
                self._go_back(index)
                self.refuse((each, why(each)) for each in found)
                return found
            spans = [patch.origin(span) for span in spans]
        return []

    def _go_back(self, index: int) -> None:
        del self._patches[index:], self._sources[index + 1 :]


def _touching(patch: Patch, spans: Sequence[Span]) -> list[Proposal]:
    """The fixes of *patch* that have written something at *spans* of the patched text, those near the first first."""
    distances = {
        edit: abs(place.start - spans[0].start)
        for edit, place in zip(patch.edits, patch.placed, strict=True)
        if any(place.touches(span) for span in spans)
    }
    found = [each for each in patch.proposals if not distances.keys().isdisjoint(each.fix.edits)]
    return sorted(found, key=lambda each: min(distances[edit] for edit in each.fix.edits if edit in distances))
