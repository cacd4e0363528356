"""The form in which a list writes its tables."""

from __future__ import annotations

from awesome_lint.markdown import Document
from awesome_lint.rule import Context
from awesome_lint.rules import untidy_table
from awesome_lint.table_format.options import TableForm, TableStyle


def infer_form(document: Document) -> TableForm:
    """The compact or the aligned form where all tables have it: it asks for no more changes than their own forms do."""
    kept = TableForm()
    if document.tables:
        most = _count_edits(document, kept)
        for style in (TableStyle.COMPACT, TableStyle.ALIGNED):
            if _count_edits(document, TableForm(style)) <= most:
                return TableForm(style)
    return kept


def _count_edits(document: Document, form: TableForm) -> int:
    found = untidy_table.check(Context(document), form)
    return sum(len(violation.fix.edits) for violation in found if violation.fix)
