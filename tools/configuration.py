"""The JSON Schema of configuration files and the reference of all keys, made from the types that they are read into."""

from __future__ import annotations

import json
from pathlib import Path

from awesome_lint.config.reference import json_schema, reference

DOCS = Path(__file__).parent.parent / "docs"
SCHEMA = DOCS / "awesome-lint.schema.json"
PAGE = DOCS / "configuration.md"
MARK = "## All keys\n\n"
"""What follows this heading on the page is generated."""


def files() -> dict[Path, str]:
    """The schema and the page, as they should be."""
    before, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    return {
        SCHEMA: json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n",
        PAGE: before + mark + reference(),
    }
