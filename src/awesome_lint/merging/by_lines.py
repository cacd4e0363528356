"""Merging line by line, as git does."""

from __future__ import annotations

import tempfile
from pathlib import Path

from awesome_lint.git.running import failure, run
from awesome_lint.merging.merge import Markers, Merged

_MOST_CONFLICTS = 127
"""The largest number of conflicts that git's exit code tells; beyond it is an error."""


def merge_lines(base: str, ours: str, theirs: str, markers: Markers) -> Merged:
    """What ``git merge-file`` makes of three texts; raises `GitError`."""
    names = ("ours", "base", "theirs")
    labels = [word for label in (markers.ours, "base", markers.theirs) for word in ("-L", label)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in zip(names, (ours, base, theirs), strict=True):
            (folder / file).write_bytes(text.encode("utf-8"))
        options = ("--stdout", f"--marker-size={markers.size}", *labels)
        done = run(folder, "merge-file", *options, *names)
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        raise failure("merge-file", done)
    return Merged(done.stdout.decode("utf-8"), done.returncode)
