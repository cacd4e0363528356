"""Other linters and formatters agree with tidied tables."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "other_linters.py"
NODE = os.environ.get("AWESOME_LINT_NODE")


@pytest.mark.skipif(not NODE, reason="AWESOME_LINT_NODE does not name a Node project with the other linters")
def test_other_linters_have_nothing_to_say() -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--node", str(NODE)], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " 0 remarks" in done.stdout
