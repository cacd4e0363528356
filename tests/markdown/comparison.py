"""In what our reading of a document differs from GitHub's."""

from __future__ import annotations

import re
from collections import Counter

from awesome_lint.fixing import fix
from awesome_lint.linter.settings import Settings
from awesome_lint.markdown import HtmlBlock, parse
from awesome_lint.source import Source
from tests.markdown import oracle


def differences(text: str) -> list[str]:
    """What differs in tables, cells, links, headings and text, one line each; empty where nothing does.

    The lines of a rejected table are one paragraph to GitHub and rows to us: with one, only tables and headings count.
    """
    document = parse(Source(text))
    source = document.source.text
    pairs: list[tuple[str, object, object]] = [
        ("tables", oracle.tables_read(document), oracle.tables_shown(source)),
        ("headings", oracle.headings_read(document), oracle.headings_shown(source)),
    ]
    if not document.rejected_tables:
        pairs.append(("links", oracle.links_read(document), oracle.links_shown(source)))
        pairs.append(("text", Counter(oracle.text_read(document)), Counter(oracle.text_shown(source))))
    return [f"{name}: {ours!r}, GitHub {theirs!r}" for name, ours, theirs in pairs if ours != theirs]


REPAIRS = frozenset(["column-count", "detached-row", "rejected-table", "untidy-table", "truncated-link"])
"""Rules that must not lose a word; others put one in place of another on purpose."""
TIDYING = frozenset(["untidy-table"])
"""Rules whose fixes must not show."""
_PLACEHOLDERS = frozenset(["N", "A", "NA"])
"""What is left out where a row has a cell too many."""
_OPEN_TAG = re.compile(r"</?[A-Za-z]")
_RAW_TEXT = re.compile(r"<(script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])", re.IGNORECASE)
"""Elements whose content is text, up to their end; without it they swallow the page."""
_WHOLE_TAG = re.compile(r"</?[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>|<!--.*?-->", re.DOTALL)
_RUNS = (
    ("--fix", frozenset[str](), False),
    ("--fix --unsafe-fixes", frozenset[str](), True),
    ("repairs", REPAIRS, False),
    ("unsafe repairs", REPAIRS, True),
    ("tidying", TIDYING, False),
)


def faults_of_fixing(text: str) -> list[str]:
    """What is wrong with what the fixes make of *text*, one line each.

    A second run must change nothing and the fixed text must be read as GitHub reads it; repairs lose no word and no
    destination that GitHub shows, and tidying does not show at all.
    """
    found: list[str] = []
    before = Source(text)
    for name, rules, unsafe in _RUNS:
        settings = Settings(select=rules)
        after = fix(before, settings, unsafe=unsafe).source
        if after.raw == before.raw:
            continue
        if fix(after, settings, unsafe=unsafe).source.raw != after.raw:
            found.append(f"{name}: a second run changes {after.raw!r}")
        found += [f"{name}: {difference}, in {after.raw!r}" for difference in differences(after.raw)]
        if rules == TIDYING and _lines_shown(after.text) != _lines_shown(before.text):
            found.append(f"{name}: {after.raw!r} is shown otherwise")
        raw = not (_holds_open_tag(before) or _holds_open_tag(after))
        lost = oracle.words_shown(before.text, raw=raw) - oracle.words_shown(after.text, raw=raw)
        lost -= _words_of_tags(after) - _words_of_tags(before)
        if rules and lost.keys() - _PLACEHOLDERS:
            found.append(f"{name}: {after.raw!r} lacks {dict(lost)}")
    return found


def _holds_open_tag(source: Source) -> bool:
    """Whether a tag in an HTML block is never closed: what it swallows depends on the next `"` or `>` of the page."""
    blocks = [source[block.span] for block in parse(source).blocks if isinstance(block, HtmlBlock)]
    return any(_OPEN_TAG.search(_WHOLE_TAG.sub("", block)) or _swallows(block) for block in blocks)


def _swallows(block: str) -> bool:
    tags = [match[0] for match in _WHOLE_TAG.finditer(block)]
    opened = Counter(match[1].lower() for tag in tags if (match := _RAW_TEXT.match(tag)))
    return any(opened[name] > sum(tag.lower().startswith(f"</{name}") for tag in tags) for name in opened)


def _words_of_tags(source: Source) -> Counter[str]:
    """The words in HTML tags: of a tag that a pipe or a lost quote had broken, GitHub showed names and attributes."""
    document = parse(source)
    tags = [source[tag.span] for inline in document.inlines for tag in inline.tags]
    for table in document.rejected_tables:  # GitHub sees the tags that our cells cut
        tags += [tag for tag in _WHOLE_TAG.findall(source[table.span]) if "|" in tag]
    return sum((oracle.words(tag) for tag in tags), Counter())


def _lines_shown(text: str) -> list[str]:
    """The lines of the page, without what shows nothing.

    A blank line in raw HTML is the end of a list item or quote; a vertical tab or form feed beside a cell is no text.
    """
    return [line for line in re.sub(r" *[\v\f][ \v\f]*", "", oracle.rendered(text)).split("\n") if line]
