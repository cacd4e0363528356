"""Damaged rows, and the intact rows that explain them best."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from awesome_lint.diagnostic import Fix
from awesome_lint.markdown import Document
from awesome_lint.source import Span


@dataclass(frozen=True, slots=True)
class Repair:
    """How a damaged row reads when it is put back together.

    ``row`` is the repaired line; ``fix`` is None where no reading wins, then ``readings`` lists the likely ones.
    ``losses`` says what is gone for good, a sentence each.
    """

    row: str
    fix: Fix | None
    readings: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def find_repairs(document: Document) -> Mapping[Span, Repair]:
    """For the span of each damaged row of *document*, how to repair it."""
    raise NotImplementedError
