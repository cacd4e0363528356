"""Reading Markdown exactly as GitHub does, with the place of every character.

`parse` turns a `Source` into a `Document`.  This package alone knows which parser does the work.
"""

from awesome_lint.markdown.document import (
    Alignment,
    Block,
    BrokenKind,
    BrokenLink,
    BulletList,
    Cell,
    CodeBlock,
    Definition,
    DetachedRows,
    Divider,
    Document,
    Heading,
    HtmlBlock,
    HtmlTag,
    Inline,
    Link,
    LinkKind,
    ListItem,
    Paragraph,
    RejectedTable,
    Row,
    Table,
)
from awesome_lint.source import Source

__all__ = [
    "Alignment",
    "Block",
    "BrokenKind",
    "BrokenLink",
    "BulletList",
    "Cell",
    "CodeBlock",
    "Definition",
    "DetachedRows",
    "Divider",
    "Document",
    "Heading",
    "HtmlBlock",
    "HtmlTag",
    "Inline",
    "Link",
    "LinkKind",
    "ListItem",
    "Paragraph",
    "RejectedTable",
    "Row",
    "Table",
    "parse",
]


def parse(source: Source) -> Document:
    """Read *source* as GitHub does; any text is valid Markdown, so this raises nothing."""
    # The parser library costs more time than all the rest of a start, and help texts need none of it.
    from awesome_lint.markdown.parser import parse as read  # noqa: PLC0415 - see above

    return read(source)
