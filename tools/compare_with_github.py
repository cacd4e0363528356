"""Compare how documents are read with how GitHub reads them, before and after fixes.

    python -m tools.compare_with_github [--seed N] [--count N] [--fix] [FILE]...

Draws COUNT documents (default 1000) from the seeds N, N + 1, … (default 0), or reads each FILE, and compares
tables, cells, links, headings and text with what cmark-gfm, GitHub's own parser, makes of them.  With --fix, compares
what is shown before and after fixes instead: see `tests/markdown/comparison.py`.  Prints the documents that differ, as
small as they still differ, and what differs; then the counts.  Exits with 0 where nothing differs, else with 1.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from awesome_lint.linter.engine import guarded
from awesome_lint.linter.result import InternalError
from tests.markdown.comparison import differences, faults_of_fixing
from tests.markdown.documents import document

Compare = Callable[[str], list[str]]


def main() -> int:
    """Compare what the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--show", type=int, default=10, help="documents to print")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    compare = faults_of_fixing if options.fix else differences
    kinds: Counter[str] = Counter()
    different = count = 0
    for name, text in _documents(options):
        count += 1
        found = _without_exception(compare, text)
        if found:
            different += 1
            kinds.update({_kind(each) for each in found})
            if different <= options.show:
                small = _smaller(compare, text, _kind(found[0]))
                print(f"{name}: {small!r}", *_without_exception(compare, small), sep="\n    ", flush=True)
    seeds = "" if options.files else f", seeds {options.seed} to {options.seed + options.count - 1}"
    print(f"{count} documents{seeds}: {different} differ {dict(kinds) or ''}")
    return 1 if different else 0


def _documents(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if options.files:
        yield from ((str(path), path.read_text(encoding="utf-8")) for path in options.files)
    else:
        yield from ((str(seed), document(seed)) for seed in range(options.seed, options.seed + options.count))


def _without_exception(compare: Compare, text: str) -> list[str]:
    try:
        with guarded("the comparison"):
            return compare(text)
    except InternalError as error:
        return [f"exception: {error}"]


def _kind(difference: str) -> str:
    """What *difference* says before it quotes."""
    return re.split(r"[\"'{\[(]", difference, maxsplit=1)[0].strip()


def _smaller(compare: Compare, text: str, kind: str) -> str:
    """A part of *text* in which a difference of the same kind is left."""
    step = max(1, len(text) // 2)
    while step:
        start = 0
        while start < len(text):
            shorter = text[:start] + text[start + step :]
            if any(_kind(each) == kind for each in _without_exception(compare, shorter)):
                text = shorter
            else:
                start += step
        step //= 2
    return text


if __name__ == "__main__":
    sys.exit(main())
