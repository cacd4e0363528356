"""Write all generated files of the documentation, or check that they are current.

    python tools/generate.py [--check]

Writes the rules' pages, the JSON Schema of configurations, the reference of their keys, the drawing of the rooms and
the pictures of a run.
With --check nothing is written: it names the files that are not current, and exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tools import configuration, pictures, rooms, rule_pages

REPOSITORY = Path(__file__).parent.parent


def outdated() -> dict[Path, str | None]:
    """The files that are not current, with what they should hold; None where a file should not exist."""
    wanted: Mapping[Path, str | None] = {
        **rule_pages.files(),
        **configuration.files(),
        **rooms.files(),
        **pictures.files(),
    }
    return {path: text for path, text in sorted(wanted.items()) if text != _text(path)}


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the files; 1 if a check finds any that is not current."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, and fail where a file is not current")
    checking = parser.parse_args(arguments).check
    files = outdated()
    for path, text in files.items():
        name = path.relative_to(REPOSITORY).as_posix()
        if checking:
            print(f"{name} is not current; run python tools/generate.py")
        elif text is None:
            path.unlink()
            print(f"removed {name}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    return int(checking and bool(files))


if __name__ == "__main__":
    sys.exit(main())
