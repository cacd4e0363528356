"""Changes as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awesome_lint.changes.comparing import Change, Comparison
from awesome_lint.markdown import Document
from awesome_lint.report.json import dumps
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.matching import section_of


def render_json(comparisons: Sequence[Comparison], *, as_list: bool) -> str:
    """The comparisons as a JSON array, or the only one as an object.

    One is ``{"path", "sections": {old: new}, "changes": [{"kinds", "before", "after", "fields"}]}``: ``before`` and
    ``after`` are ``{"title", "url", "section", "line"}`` or null, and each of ``fields`` is ``{"name", "before",
    "after"}``, the texts that a reader saw and sees.  Lines start at 1.
    """
    data = [_comparison_as_data(comparison) for comparison in comparisons]
    return dumps(data if as_list else data[0])


def _comparison_as_data(comparison: Comparison) -> dict[str, Any]:
    return {
        "path": comparison.new.source.path,
        "sections": dict(comparison.sections),
        "changes": [_change_as_data(change, comparison) for change in comparison.changes],
    }


def _change_as_data(change: Change, comparison: Comparison) -> dict[str, Any]:
    old = change.entry if change.is_removed else change.before
    new = None if change.is_removed else change.entry
    return {
        "kinds": [str(kind) for kind in change.kinds],
        "before": _entry_as_data(old, comparison.old),
        "after": _entry_as_data(new, comparison.new),
        "fields": [{"name": each.name, "before": each.before, "after": each.after} for each in change.fields],
    }


def _entry_as_data(entry: Entry | None, document: Document) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "title": entry.title,
        "url": entry.url,
        "section": list(section_of(entry)),
        "line": document.source.position(entry.span.start).line,
    }
