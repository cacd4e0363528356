"""How long the program takes to start: times of whole processes, beside bare Python.

    python benchmarks/startup.py [RUNS]

Prints the median over RUNS runs (default 7) of each command, taken in turn, and the modules that must stay out.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIST = "# List\n\n| Title | Year |\n| --- | --- |\n" + "| [Alpha](https://example.org) | 2016 |\n" * 200
HEAVY = {"awesome_lint.markdown.parser", "httpx", "asyncio"}
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "awesome-lint --version": ["-m", "awesome_lint", "--version"],
    "awesome-lint rules": ["-m", "awesome_lint", "rules"],
    "awesome-lint, from the cache": ["-m", "awesome_lint", "README.md", "--exit-zero", "--quiet"],
    "awesome-lint --no-cache": ["-m", "awesome_lint", "README.md", "--exit-zero", "--quiet", "--no-cache"],
}


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    loaded: dict[str, set[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "README.md").write_text(LIST, encoding="utf-8")
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        for name, arguments in COMMANDS.items():  # warms the caches of the system and of the program
            subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=True)
            loaded[name] = _imported(arguments, folder, environment)
        for _ in range(runs):
            for name, arguments in COMMANDS.items():
                start = time.perf_counter()
                subprocess.run(
                    [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, check=True
                )
                times[name].append(time.perf_counter() - start)
    bare = statistics.median(times["python -c pass"])
    for name, taken in times.items():
        median = statistics.median(taken)
        heavy = ", ".join(sorted(loaded[name] & HEAVY)) or "none"
        print(f"{name:30} {1000 * median:7.0f} ms  {median / bare:5.1f} x bare  heavy imports: {heavy}")
    lean = [name for name in COMMANDS if name != "awesome-lint --no-cache"]
    return int(any(loaded[name] & HEAVY for name in lean))


def _imported(arguments: list[str], folder: str, environment: dict[str, str]) -> set[str]:
    """The top-level modules that the command imports."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in run.stderr.splitlines() if "|" in line}


if __name__ == "__main__":
    sys.exit(main())
