"""What a list's maintainer says about its tables and bullets: the schemas that the rules hold entries against.

Plain frozen data, written in a configuration as ``[[tables]]`` and ``[[lists]]``.  The docstring of an attribute is
its description in the reference and in the JSON Schema.
"""

from awesome_lint.schema.columns import (
    ColumnSchema,
    ColumnType,
    Direction,
    FinalPunctuation,
    LinkCount,
    NameStyle,
    SchemaError,
    Scope,
    SortKey,
    TextSchema,
    ValuesFrom,
    is_plain,
)
from awesome_lint.schema.schemas import (
    BulletPart,
    Condition,
    CountSchema,
    DescriptionSchema,
    Layout,
    ListSchema,
    Schemas,
    TableSchema,
)

__all__ = [
    "BulletPart",
    "ColumnSchema",
    "ColumnType",
    "Condition",
    "CountSchema",
    "DescriptionSchema",
    "Direction",
    "FinalPunctuation",
    "Layout",
    "LinkCount",
    "ListSchema",
    "NameStyle",
    "SchemaError",
    "Schemas",
    "Scope",
    "SortKey",
    "TableSchema",
    "TextSchema",
    "ValuesFrom",
    "is_plain",
]
