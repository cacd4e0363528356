"""Lists to merge, and how the tests merge them."""

from __future__ import annotations

import os
import shutil
from functools import partial

import pytest

from awesome_lint.merging.by_lines import merge_lines
from awesome_lint.merging.merge import Markers, Merged, merge

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

MARKERS = Markers()
EXAMPLES = int(os.environ.get("AWESOME_LINT_EXAMPLES", "100"))
TABLE = "| Name | Year |\n| --- | --- |\n"


def merged(base: str, ours: str, theirs: str) -> Merged:
    return merge(base, ours, theirs, partial(merge_lines, markers=MARKERS), MARKERS)


def bullet(name: str, said: str = "A tool.") -> str:
    return f"- [{name}](https://example.org/{name.lower()}) - {said}\n"


def row(name: str, year: int = 2019) -> str:
    return f"| [{name}](https://example.org/{name.lower()}) | {year} |\n"


ALPHA, BETA, DELTA = map(bullet, ("Alpha", "Beta", "Delta"))
LIST = f"# List\n\n## Tools\n\n{ALPHA}{BETA}{DELTA}"
