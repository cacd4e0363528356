"""How much work something is: a measure that is the same on every machine, however busy it is.

It counts the calls of functions, built-in ones too.  What one call costs it cannot see: benchmarks/check_scaling.py
measures that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls(action: Callable[[], object]) -> int:
    """The number of calls that *action* makes."""
    number = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return number
