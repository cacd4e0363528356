"""Legends: the lists and two-column tables that define a README's abbreviations."""

from __future__ import annotations

from dataclasses import dataclass

from awesome_lint.markdown import Document
from awesome_lint.source import Span


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One definition: ``span`` covers the abbreviation as written, ``meaning`` is what it stands for."""

    name: str
    meaning: str
    span: Span


@dataclass(frozen=True, slots=True)
class Legend:
    """A group of abbreviations under one label ("Imaging Modality"); the label is empty where there is none."""

    label: str
    span: Span
    abbreviations: tuple[Abbreviation, ...]


def find_legends(document: Document) -> tuple[Legend, ...]:
    """The legends of *document* in source order."""
    return ()
