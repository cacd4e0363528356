"""Two entries have titles that are almost the same.

The same paper is added again with a typo, a plural or “and” for a hyphen, and no comparison of titles finds
it.  Titles are almost the same if they share all words except small ones (“the”, “of”, “and”) and one word differs by
one letter, or by a plural s.  For entries that lead to the same place that is enough; others must have long titles.

Titles that differ in a number, part, version or size belong to a series, and a title that continues another one is a
different title.  `duplicate-entry` reports titles that differ only in case and punctuation.

## Wrong

```markdown
- [Gradient-less Federated Boosting Tree with Learnable Learning Rates](https://doi.org/10.1145/3578356.3592579)
- [Gradient-less Federated Boosting Trees with Learnable Learning Rates](https://doi.org/10.1145/3578356.3592579)
```

## Right

```markdown
- [Deep-learning-free Text and Sentence Embedding, Part 1](https://www.offconvex.org/2018/06/17/textembeddings/)
- [Deep-learning-free Text and Sentence Embedding, Part 2](https://www.offconvex.org/2018/06/25/textembeddings/)
```

## Related rules

`duplicate-entry`, `conflicting-entry`

## When to switch it off

If the list has series whose titles differ by one letter, such as the parts of a course.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from awesome_lint.diagnostic import Related, Severity, Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.entries import Entry, fold_title
from awesome_lint.semantic.titles import is_label
from awesome_lint.text.canonical_urls import canonical_url
from awesome_lint.text.spelling import is_typo

_LEAST_LETTERS = 6
_LEAST_WORDS = 5
_LEAST_WORDS_BESIDE_SMALL_ONES = 6
"""How long titles are that are compared: of entries that lead to one place, of others, and of others that differ in
small words only."""
_MOST_WORDS = 40
_LARGEST_SERIES = 8
"""More entries than that which differ in one word are a series."""
_WORD = regex(r"[^\W_]+")
_SMALL_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with"])
_DOMAIN = regex(r"(?<=\w)\.[a-z]{2,4}", re.IGNORECASE)


class _Title(Struct, frozen=True):
    """A title that can be compared; ``words`` are its words that are not small, ``written`` the same as they stand."""

    entry: Entry
    key: str
    words: tuple[str, ...]
    written: tuple[str, ...]
    url: str


def check(context: Context) -> Iterator[Violation]:
    """Yield the entries of *context* that an earlier one almost equals."""
    source = context.document.source
    titles = _titles(context.entries)
    index: defaultdict[object, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        for shape in {*_shapes(title)}:
            index[shape].append(number)
    alike: defaultdict[int, set[int]] = defaultdict(set)
    for group in index.values():
        if len(group) <= _LARGEST_SERIES:
            for place, number in enumerate(group):
                alike[number].update(group[:place])
    for number, earlier in sorted(alike.items()):
        later = titles[number]
        first = next((titles[other] for other in sorted(earlier) if _is_near(titles[other], later)), None)
        if first:
            line, here = (source.position(title.entry.span.start).line for title in (first, later))
            almost = "“{}” is almost the same as the title on line {}"
            yield Violation(
                later.entry.place,
                fitted(almost, later.entry.title, f"{line}"),
                "Keep one if they are the same, or use each work's exact title",
                entry=later.entry.title,
                note=f"Line {line} has “{first.entry.title}”",
                related=(
                    Related(
                        first.entry.place,
                        "This is the other one",
                        fitted(almost, first.entry.title, f"{here}"),
                    ),
                ),
            )


def _titles(entries: tuple[Entry, ...]) -> list[_Title]:
    """The titles worth comparing, each spelling once."""
    found: dict[str, _Title] = {}
    for entry in entries:
        key = fold_title(entry.title)
        words = _WORD.findall(entry.title)
        if len(key) < _LEAST_LETTERS or len(words) > _MOST_WORDS or is_label(entry.title) or entry.is_prose:
            continue
        url = canonical_url(entry.url) if entry.link and not entry.url.startswith("#") else ""
        written = tuple(word for word in words if word.lower() not in _SMALL_WORDS)
        found.setdefault(key, _Title(entry, key, tuple(map(str.lower, written)), written, url))
    return list(found.values())


def _shapes(title: _Title) -> Iterator[object]:
    """Keys of which two titles that are almost the same share one: the address, the words, the words without one."""
    if title.url:
        yield title.url
    if len(title.words) >= _LEAST_WORDS:
        yield title.words
        yield from (title.words[:place] + title.words[place + 1 :] for place in range(len(title.words)))


def _is_near(first: _Title, later: _Title) -> bool:
    leads_there = first.url == later.url != ""
    if leads_there and _without_domain(first) == _without_domain(later):
        return True
    if len(first.words) != len(later.words) or _continues(first, later):
        return False
    pairs = [pair for pair in zip(first.written, later.written, strict=True) if pair[0].lower() != pair[1].lower()]
    if not pairs:
        return leads_there or len(first.words) >= _LEAST_WORDS_BESIDE_SMALL_ONES
    if len(pairs) > 1 or not (leads_there or len(first.words) >= _LEAST_WORDS):
        return False
    shorter, longer = sorted(pairs[0], key=len)
    return longer.lower() == f"{shorter.lower()}s" or is_typo(shorter, longer)


def _without_domain(title: _Title) -> str:
    """The key of a name that may have been written as that of a site: ``onesignal.com``."""
    return fold_title(_DOMAIN.sub("", title.entry.title)) if " " not in title.entry.title else title.key


def _continues(first: _Title, later: _Title) -> bool:
    shorter, longer = sorted((first.key, later.key), key=len)
    return longer.startswith(shorter) and longer != f"{shorter}s"


RULE = Rule("near-duplicate-entry", Group.ENTRY, check, severity=Severity.WARNING)
