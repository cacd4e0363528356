from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from awesome_lint import rule
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import parse
from awesome_lint.rules import RULES
from awesome_lint.schema import ColumnSchema, ListSchema, Schemas, TableSchema
from awesome_lint.semantic import legend_binding, model, schema_binding
from awesome_lint.source import Source

TEXT = """# List

## Contents

- [Legend](#legend)
- [Papers](#papers)

## Legend

- US: Ultrasound
- CT: Computed Tomography
- MRI: Magnetic Resonance Imaging

## Papers

| Title | Legend |
| --- | --- |
| [Alpha](https://example.org/a) | US, CT |
| [Beta](https://example.org/b) | MRI |
| [Gamma](https://example.org/c) | PET |
"""
SCHEMAS = Schemas((TableSchema(columns={"Title": ColumnSchema(required=True)}),), (ListSchema(min_items=1),))
FINDERS = [
    *((model, name) for name in ("find_contents", "find_columns", "find_legends", "find_entries")),
    *((schema_binding, name) for name in ("bind_tables", "bind_lists", "bind_cells")),
    (legend_binding, "bind_legends"),
]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    counts: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            counts[name] += 1
            return function(*arguments, **options)

        return call

    for module, name in FINDERS:
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    return counts


def test_each_finder_runs_once_a_document(calls: Counter[str]) -> None:
    every = frozenset(each.name for each in RULES)
    found = check(Source(TEXT), Settings(select=every, schemas=SCHEMAS))
    assert {"unknown-abbreviation"} <= {each.rule for each in found}
    assert calls == dict.fromkeys((name for _, name in FINDERS), 1)


def test_other_schemas_share_what_the_document_holds(calls: Counter[str]) -> None:
    context = rule.Context(parse(Source(TEXT)), schemas=SCHEMAS)
    other = context.with_schemas(Schemas())
    assert context.tables_with_schema
    assert other.entries is context.entries
    assert not other.tables_with_schema
    assert context.with_schemas(Schemas()).tables_with_schema == ()
    assert calls["find_entries"] == calls["find_legends"] == 1
