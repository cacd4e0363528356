"""Fixing a source: round after round until nothing changes, every round proved to do no harm (see `proof`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from awesome_lint.diagnostic import Diagnostic
from awesome_lint.fixing.patch import Patch, choose
from awesome_lint.fixing.proof import UnprovedError, prove
from awesome_lint.linter.engine import check_document, read
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import Document
from awesome_lint.source import Source

_MOST_ROUNDS = 50
"""Real lists take two or three rounds."""


class FixError(Exception):
    """Fixing went wrong, which is a bug of a rule; the text names it."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source after fixing, what is left to report in it, and how many findings of each rule were fixed.

    ``losses`` is what was gone before and could not be brought back, a sentence each.
    """

    source: Source
    diagnostics: list[Diagnostic]
    counts: Counter[str]
    losses: tuple[str, ...] = ()


def fix(
    source: Source,
    settings: Settings | None = None,
    exists: Callable[[str], bool] | None = None,
    *,
    unsafe: bool = False,
) -> Fixed:
    """Apply the fixes that the selected rules propose for *source*, also the unsafe ones where *unsafe* is true.

    *exists* is that of `engine.check`.  Raises `FixError` where a fix cannot be proved to do no harm or where the
    rules do not come to an end, and `InternalError` where a rule or the parser fails.
    """
    settings = settings or Settings()
    document = read(source)
    seen = {_digest(document): 0}
    counts: Counter[str] = Counter()
    history: list[Patch] = []
    while True:
        diagnostics = check_document(document, settings, exists)
        patch = choose(diagnostics, document.source, unsafe=unsafe)
        if not patch.proposals:
            return Fixed(document.source, diagnostics, counts, tuple(_losses(history)))
        document = _apply(patch, document)
        history.append(patch)
        counts.update(rule for proposal in patch.proposals for rule in proposal.rules)
        first = seen.setdefault(_digest(document), len(history))
        if first < len(history) or len(history) == _MOST_ROUNDS:
            circle = history[first:] or history[-1:]
            raise FixError(_refusal(source.path, {rule for patch in circle for rule in patch.rules}, "go on for ever"))


def _losses(history: Iterable[Patch]) -> Iterator[str]:
    for proposal in (proposal for patch in history for proposal in patch.proposals):
        for loss in proposal.fix.losses:
            yield f"“{proposal.entry}”: {loss}" if proposal.entry else loss


def _digest(document: Document) -> bytes:
    return sha256(document.source.text.encode("utf-8", "surrogatepass")).digest()


def _apply(patch: Patch, document: Document) -> Document:
    """*document* with *patch* applied, proved."""
    try:
        return _prove(patch, document)
    except UnprovedError as error:
        guilty = [rule for rule in patch.rules if not _is_proved(patch.of_rule(rule), document)]
        raise FixError(_refusal(document.source.path, guilty or patch.rules, str(error))) from None


def _is_proved(patch: Patch, document: Document) -> bool:
    try:
        _prove(patch, document)
    except UnprovedError:
        return False
    return True


def _prove(patch: Patch, document: Document) -> Document:
    try:
        after = read(patch.apply(document.source))
    except ValueError:
        raise UnprovedError("change one place twice") from None
    prove(document, after, patch)
    return after


def _refusal(path: str, rules: Iterable[str], harm: str) -> str:
    names = sorted(rules)
    rest = f"--ignore {','.join(names)} fixes the rest"
    return f"{path}: nothing is fixed, as the fixes of {', '.join(names)} would {harm} ({rest})"
