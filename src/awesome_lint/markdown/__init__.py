"""Reading Markdown exactly as GitHub does, with the place of every character.

`parse` turns a `Source` into a `Document`.  This package alone knows which parser does the work.
"""

from awesome_lint.markdown.conflicts import Conflict
from awesome_lint.markdown.document import (
    Alignment,
    Block,
    Cell,
    CodeBlock,
    DetachedRows,
    Document,
    Footnote,
    Heading,
    HtmlBlock,
    HtmlTag,
    Inline,
    LinkReferenceDefinition,
    List,
    ListItem,
    Paragraph,
    RejectedTable,
    Row,
    Table,
    ThematicBreak,
)
from awesome_lint.markdown.links import BrokenKind, BrokenLink, Link, LinkKind, UndefinedReference
from awesome_lint.source import Source

__all__ = [
    "Alignment",
    "Block",
    "BrokenKind",
    "BrokenLink",
    "Cell",
    "CodeBlock",
    "Conflict",
    "DetachedRows",
    "Document",
    "Footnote",
    "Heading",
    "HtmlBlock",
    "HtmlTag",
    "Inline",
    "Link",
    "LinkKind",
    "LinkReferenceDefinition",
    "List",
    "ListItem",
    "Paragraph",
    "RejectedTable",
    "Row",
    "Table",
    "ThematicBreak",
    "UndefinedReference",
    "parse",
]


def parse(source: Source) -> Document:
    """Read *source*; every text is a document, so nothing is raised."""
    from awesome_lint.markdown.parser import build  # late: most commands read nothing

    return build(source)
