"""Checking many files at once: each processor works on some, and the results wait in the cache."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from awesome_lint.files.reading import existence_beside
from awesome_lint.linter.cache import ResultCache, default_folder
from awesome_lint.linter.result import InternalError

if TYPE_CHECKING:
    from awesome_lint.linter.settings import Settings
    from awesome_lint.source import Source

    _Job = tuple[Source, Path, Settings]

_WORTHWHILE = 400_000
"""Characters to be read from which on it pays to start other processes."""


def lint_ahead(jobs: Iterable[_Job]) -> None:
    """Fill the cache with the results for *jobs*, each a text, its file and its settings, if there are enough."""
    cache = ResultCache(default_folder())
    new = [job for job in jobs if not cache.holds(job[0], job[2], knows_files=True)]
    processes = min(os.cpu_count() or 1, len(new))
    if processes < 2 or sum(len(source.text) for source, _, _ in new) < _WORTHWHILE:
        return
    from concurrent.futures import ProcessPoolExecutor

    largest_first = sorted(new, key=lambda job: -len(job[0].text))
    with ProcessPoolExecutor(processes) as pool:
        _exhaust(pool.map(_lint, largest_first))


def _lint(job: _Job) -> None:
    source, file, settings = job
    try:
        ResultCache(default_folder()).lint(source, settings, existence_beside(file))
    except InternalError:
        return  # it is raised again, and reported, when the result is needed


def _exhaust(results: Iterator[None]) -> None:
    for _ in results:
        pass
