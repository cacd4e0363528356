"""Placeholder."""
from collections.abc import Callable, Sequence
from awesome_lint.markdown.document import BrokenLink
from awesome_lint.source import Span
def find_broken_links(text: str, taken: Sequence[Span], at: Callable[[int], int]) -> tuple[BrokenLink, ...]:
    return ()
