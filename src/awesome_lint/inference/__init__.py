"""From a list to the configuration that it obeys already.

A convention is one that a schema can express, that enough entries show and that hardly any entry breaks.  The rules
themselves count the exceptions, so what is inferred and what is checked later are the same.
"""

from __future__ import annotations

from msgspec import Struct

from awesome_lint.config.model import Configuration
from awesome_lint.config.places import KeyPath
from awesome_lint.inference.bullets import infer_list
from awesome_lint.inference.exceptions import excuse_exceptions
from awesome_lint.inference.form import infer_form
from awesome_lint.inference.tables import infer_tables
from awesome_lint.markdown import Document
from awesome_lint.rule import Context
from awesome_lint.table_format.options import TableStyle


class Inferred(Struct, frozen=True):
    """A configuration, and remarks on what its parts rest on."""

    configuration: Configuration
    remarks: dict[KeyPath, str]


def infer(document: Document) -> Inferred:
    """The conventions of *document*."""
    context = Context(document)
    remarks: dict[KeyPath, str] = {}
    tables = []
    for index, (schema, notes) in enumerate(infer_tables(context)):
        tables.append(schema)
        remarks |= {("tables", index, *path): note for path, note in notes.items()}
    lists = []
    if found := infer_list(context):
        bullets, notes = found
        lists.append(bullets)
        remarks |= {("lists", 0, *path): note for path, note in notes.items()}
    form = infer_form(document)
    if form.style is not TableStyle.PRESERVE:
        remarks["format", "style"] = "all tables are formatted this way"
    configuration = Configuration(format=form, tables=tuple(tables), lists=tuple(lists))
    configuration, exceptions = excuse_exceptions(configuration, document)
    return Inferred(configuration, remarks | exceptions)
