"""A link is malformed: swapped brackets, a misplaced space, a damaged `https://`.

GitHub shows such a link as text, or as a link that leads nowhere.  What does less harm is a warning.

Each kind of fault has its own name, which can be used wherever a rule can be named: `--ignore
malformed-link.spare-space`, `severity`, `[[allow]]`, comments in the list.  `malformed-link` means all of them.

| name | the link has |
| --- | --- |
| `reversed` | its brackets the wrong way round: `(text)[address]`, `[text][https://example.org]` |
| `detached` | a space between its text and its address: `[text] (address)` |
| `nested` | another link in its text |
| `lost-bracket` | a missing bracket, or one from another script |
| `two-addresses` | two addresses, or a whole link instead of an address |
| `title` | a title without straight quotes, or without a space before it |
| `no-address` | words instead of an address, such as `nan` |
| `space` | a space or a line break within its address |
| `quoted` | quotes or brackets around its address |
| `scheme` | a mistyped scheme: `https:/example.org`, `htp://example.org` |
| `host` | no valid host name |
| `repeated-host` | its host name twice (a warning) |
| `double-slash` | `//` where arXiv, a DOI or a repository has one `/` (a warning) |
| `invisible` | an invisible character in its address |
| `unbalanced` | a `[` or `]` in its address that has no partner (a warning) |
| `stray-end` | a stray mark such as `,` or `%20` at the end of its address (a warning) |
| `stray-bracket` | a `)` or `]` after it that closes nothing (a warning) |
| `spare-space` | a space next to its address or at an end of its text, which GitHub forgives (info) |

## Wrong

```markdown
- (Alpha)[https://example.org/alpha]
- [Beta] (https://example.org/beta)
- [Gamma](https:/example.org/gamma)
- [Delta](nan)
- [Epsilon](docs/the guide.pdf)
- [[Zeta](https://example.org/zeta)](https://example.org/zeta.pdf)
```

```markdown
- [Alpha]( https://example.org/alpha )
- [ Beta ](https://example.org/beta)
- [Gamma](https://example.org/gamma))
- [Delta](https://arxiv.org/abs//2001.00001)
```

## Right

```markdown
- [Alpha](https://example.org/alpha)
- [Beta](https://example.org/beta)
- [Gamma](https://example.org/gamma)
- [Epsilon](docs/the%20guide.pdf)
- [[Zeta]](https://example.org/zeta) ([pdf](https://example.org/zeta.pdf))
- [Eta](<docs/the guide.pdf> "The guide")
- Theta ([pdf](https://example.org/theta.pdf))
```

## Fix

Brackets, spaces and schemes are corrected if only one reading makes sense.  Stray marks at the end of an address are
removed only with `--unsafe-fixes`: a few addresses do end in a comma.

## Related rules

`truncated-link`, `schemeless-link`, `empty-link`

## When to switch it off

Its kinds can be ignored one by one: `malformed-link.spare-space`, for example, if the list has spaces in its brackets
now and then.  A list in which most links have them keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from awesome_lint.diagnostic import Violation
from awesome_lint.markdown import Document
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._addresses import misspelt_addresses
from awesome_lint.rules._link_faults import KINDS, LinkFault
from awesome_lint.rules._link_spaces import spaced_links
from awesome_lint.rules._links import ListIndex, is_truncated
from awesome_lint.rules._stray_brackets import stray_brackets
from awesome_lint.rules._unlinked import unlinked
from awesome_lint.source import Span


def check(context: Context) -> Iterator[Violation]:
    """Yield every link that is spelled wrongly but is not cut off."""
    document = context.document
    found = [unlinked(document, link) for link in document.broken_links if not is_truncated(link)]
    found += misspelt_addresses(document, context.facts.exists)
    found += spaced_links(document)
    found += stray_brackets(document)
    if any(found):
        index = ListIndex(context)
        yield from (index.name(_explained(violation, index, document)) for violation in found if violation)


def _explained(violation: Violation, index: ListIndex, document: Document) -> Violation:
    """*violation*, explained by the faulty row where a pipe cut the text of the link in two: its `[` is not lost."""
    row = index.row_at(violation.span.start) if violation.kind == LinkFault.LOST_BRACKET else None
    if row is None or row.cells <= row.columns:
        return violation
    before = document.source[Span(row.span.start, violation.span.start)]
    is_cut = before.count("[") > before.count("]") and before.rstrip().endswith("|")
    return replace(violation, explained_by=row.span, fix=None) if is_cut else violation


RULE = Rule("malformed-link", Group.LINK, check, kinds=KINDS)
