"""What was fixed, and where: the fixes of all rounds as places in the text as it was given."""

from __future__ import annotations

from collections.abc import Sequence

from awesome_lint.diagnostic import AppliedFix
from awesome_lint.fixing.patch import Patch
from awesome_lint.source import Source, Span


def applied_fixes(patches: Sequence[Patch], source: Source) -> tuple[AppliedFix, ...]:
    """The fixes of *patches*, which were applied to *source* one after another, in the order of the text."""
    found = []
    for index, patch in enumerate(patches):
        for proposal in patch.proposals:
            place = proposal.fix.edits[0].span.start
            for earlier in reversed(patches[:index]):
                place = earlier.origin(Span(place, place)).start
            fix = proposal.fix
            found.append(AppliedFix(source.path, source.position(place), proposal.rules, fix.message, proposal.entry))
    return tuple(sorted(found, key=lambda each: (each.position, each.rules, each.message)))
