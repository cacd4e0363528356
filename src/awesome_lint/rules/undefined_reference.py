"""A link refers to a label that nothing defines.

`[text][label]` and `[label][]` are links if a line `[label]: address` defines the label.  Otherwise GitHub shows the
brackets as text.

Square brackets also hold years, indices and tags.  So the rule ignores brackets right after a word, as in `a[0][1]`,
more than two pairs in a row, and labels without lower-case letters, as in `[2022][CVPR]`, unless another such label is
defined.  Only a list that has definitions, and in which most references find theirs, is taken to write its links
this way; elsewhere only the beginning of a bullet or a cell counts, if it names its own label, as `[Alpha][]` does.
`[label]` alone is never reported.

## Wrong

```markdown
- [Alpha][alpha] - Draws maps.
- [Beta][beta] - Draws plans.

[alpha]: https://example.org/alpha
```

## Right

```markdown
- [Alpha][alpha] - Draws maps [2022][CVPR], see `m[0][1]`.
- [Beta][] - Draws plans, and [more].

[alpha]: https://example.org/alpha
[beta]: https://example.org/beta
```

## Fix

If exactly one unused label is nearly the same, `--unsafe-fixes` inserts it.

## Related rules

`unused-definition`, `duplicate-definition`

## When to switch it off

If another program adds the definitions before the README is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from awesome_lint.diagnostic import Applicability, Edit, Fix, Violation
from awesome_lint.markdown import Document, LinkKind, UndefinedReference
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._links import ListIndex, describe_link, fold_label
from awesome_lint.semantic.toc import lists_of
from awesome_lint.source import Span, Spans
from awesome_lint.text.nearest import nearest

_WORD_END = regex(r"[a-zA-Z0-9)\]}\"'][*_]{0,3}\Z")
"""What stands before the brackets of an index."""
_MOST_COMPARED = 200_000
"""How many pairs of an undefined and a defined label are compared."""
_ALIKE = 85
"""From here on two labels are treated as one that was misspelt, of 100."""


def check(context: Context) -> Iterator[Violation]:
    """Yield the references that GitHub shows as text."""
    document = context.document
    if not document.undefined_references:
        return
    found = list(_meant_as_links(document))
    labels = _Labels(document)
    if labels.count < len(found):
        beginnings = _beginnings(document)
        found = [each for each in found if each.span.start in beginnings and _names_itself(each)]
    if found:
        index = ListIndex(context)
        may_guess = len(found) * len(document.definitions) <= _MOST_COMPARED
        yield from (index.name(_violation(each, labels, may_guess=may_guess)) for each in found)


class _Labels:
    """The labels that a document defines, and how many of its references find theirs."""

    def __init__(self, document: Document) -> None:
        self._defined = {fold_label(each.label): " ".join(each.label.split()) for each in document.definitions}
        references = [link for link in document.links if link.kind is LinkKind.REFERENCE]
        self._used = {fold_label(document.source[link.destination_span]) for link in references}
        self.count = sum(link.span.end > link.text_span.end + 1 for link in references)

    def meant_by(self, label: str) -> str | None:
        """The unused label that hardly differs from *label*, digits not at all; None where there are several."""
        digits = _digits(label)
        unused = {name for fold, name in self._defined.items() if fold not in self._used and _digits(name) == digits}
        found = nearest(label, sorted(unused), _ALIKE)
        another = nearest(label, sorted(unused - {found}), _ALIKE) if found else None
        return found if another is None else None


def _meant_as_links(document: Document) -> Iterator[UndefinedReference]:
    """The undefined references of *document* that are no other brackets."""
    source = document.source
    shouted = any(_has_no_small_letter(each.label) for each in document.definitions)
    links = [link for link in document.links if link.kind is not LinkKind.BARE]
    ends = {link.span.end for link in links}
    starts = {link.span.start for link in links}
    taken = Spans([*(link.span for link in links if link.image), *(link.span for link in document.broken_links)])
    references = document.undefined_references
    firsts = {each.span.start for each in references}
    seconds = {each.text_span.end + 1 for each in references}
    for each in references:
        start, second, end = each.span.start, each.text_span.end + 1, each.span.end
        after = source.text[end : end + 1]
        is_index = start not in ends and _WORD_END.search(source.text, max(0, start - 4), start) is not None
        is_chain = after == "[" or second in firsts or start in seconds
        is_link = second in starts or start in taken
        is_tag = _has_no_small_letter(each.label) and not shouted
        if not (is_index or is_chain or is_link or is_tag or each.label.startswith("^")):
            yield each


def _beginnings(document: Document) -> frozenset[int]:
    """Where the texts of bullets and cells begin."""
    items = (item for each in document.lists for inner in lists_of(each) for item in inner.items)
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return frozenset(
        [*(item.content.span.start for item in items if item.content), *(cell.span.start for cell in cells)]
    )


def _names_itself(reference: UndefinedReference) -> bool:
    return fold_label(reference.text) == fold_label(reference.label) and sum(map(str.isalpha, reference.label)) > 1


def _violation(reference: UndefinedReference, labels: _Labels, *, may_guess: bool) -> Violation:
    label = " ".join(reference.label.split())
    name = describe_link(reference.text, image=reference.image)
    message = f"{name} is shown as text: nothing defines the label “{label}”"
    meant = labels.meant_by(label) if may_guess else None
    if meant is None:
        return Violation(reference.span, message, help=f"Define it: [{label}]: https://…")
    place, is_collapsed = reference.label_span, reference.label_span == reference.text_span
    if is_collapsed:
        place = Span(reference.span.end - 1, reference.span.end - 1)
    edit = Edit(place, meant, replaces=None if is_collapsed else reference.label)
    fix = Fix(f"Write [{meant}]", (edit,), Applicability.UNSAFE)
    return Violation(reference.span, message, help=f"Write “{meant}”, which is defined and not used", fix=fix)


def _has_no_small_letter(label: str) -> bool:
    return label.isascii() and label.upper() == label


def _digits(label: str) -> str:
    return "".join(filter(str.isdigit, label))


RULE = Rule("undefined-reference", Group.LINK, check)
