"""The form in which a list writes its tables."""

from __future__ import annotations

from awesome_lint.markdown import Document
from awesome_lint.rule import Context
from awesome_lint.rules import untidy_table
from awesome_lint.table_format import TableForm, TableStyle

_MOST_UNTIDY = 0.2
"""Which share of the tables may differ from the aligned form where that is the form of the list."""


def infer_form(document: Document) -> TableForm:
    """The aligned form if most tables have it and fewer have the compact one, which is the default."""
    aligned, compact = TableForm(style=TableStyle.ALIGNED), TableForm()
    untidy = _count_untidy(document, aligned)
    is_aligned = untidy <= _MOST_UNTIDY * len(document.tables) and untidy < _count_untidy(document, compact)
    return aligned if is_aligned else compact


def _count_untidy(document: Document, form: TableForm) -> int:
    return sum(1 for _ in untidy_table.check(Context(document), form))
