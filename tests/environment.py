"""The environment of processes that are not to be measured."""

from __future__ import annotations

import os


def unmeasured(**more: str) -> dict[str, str]:
    """This process's environment without coverage's variables, and *more*.

    For programs that are killed, have little room or whose imports are asserted: coverage imports modules of its own
    and writes a file at the end.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return inherited | more
