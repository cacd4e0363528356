"""How often the repair of a damaged row is right, by the cause of the damage.

    python benchmarks/repair_accuracy.py FOLDER [--cause NAME]... [--rate 0.2] [--seed 1]... [--files N] [--show N]
        [--json FILE]

Takes the lists in FOLDER, damages some of their intact rows in one way, fixes the whole document with --fix and with
--fix --unsafe-fixes, and compares each damaged row with what GitHub showed before the damage, as cmark-gfm renders it.
Each list is fixed before it is damaged (but for the layout of its tables), so that its own faults are not counted.

For each cause, and for both kinds of fixes:

right   the row renders as it did before the damage
wrong   it renders in another way than the damaged row, but not as before the damage
absent  it still renders as the damaged row does
harmed  rows that the damage did not touch, and which the fix renders differently

recall is the share of rows that are right, precision that of the changed rows.

Besides, `rows` are those that render differently once damaged, and `unseen` those that do not (GitHub adds the empty
cells that a row lacks at its end): they must stay as they are, else they count as wrong.  `format` are rows that the
format fixes alone render differently, of which there must be none.

Exits with 1 where a safe fix is wrong or harms a row, or where a format fix shows.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.damage import CAUSES, Cells, Damaged, damage, rendered

PROCESSES = 2
BATCH = 8
"""Documents per process."""
MODES = {"safe": ("--fix",), "unsafe": ("--fix", "--unsafe-fixes")}
VERDICTS = ("right", "wrong", "absent", "harmed")
HEADINGS = (*VERDICTS, "recall", "prec.")

Sample = tuple[str, str, list[Cells], list[Cells], list[Cells]]
"""A document's name, a verdict, and the rows that were wanted, that the damage left and that the fix made of them."""


def _key(line: str) -> str:
    """What a line holds, whatever its layout."""
    text = re.sub(r"\s", "", line).strip("|")
    return re.sub("-+", "-", text) if set(text) <= set("-|:>") else text


class Comparison:
    """The rows of a document before the damage, after it, and after the fix."""

    def __init__(self, damaged: Damaged, fixed: str) -> None:
        self.damaged = damaged
        self.intact_rows, self.damaged_rows, self.fixed_rows = map(
            rendered, ("\n".join(damaged.intact), "\n".join(damaged.lines), fixed)
        )
        before, after = ([_key(line) for line in lines] for lines in (damaged.lines, fixed.split("\n")))
        self.blocks: list[tuple[int, int, int, int]] = []
        for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if kind == "equal":
                self.blocks += [(first + n, first + n + 1, start + n, start + n + 1) for n in range(last - first)]
            elif kind == "insert" and self.blocks:  # lines that come from the one before them
                self.blocks[-1] = (*self.blocks[-1][:3], end)
            else:
                self.blocks.append((first, last, start, end))

    def judge(self) -> Iterator[tuple[str, list[Cells], list[Cells], list[Cells]]]:
        """Yield a verdict with the rows that were wanted, that the damage left and that the fix made of them."""
        judged: set[int] = set()
        for spot in self.damaged.spots:
            blocks = [block for block in self.blocks if block[0] < spot.after[1] and block[1] > spot.after[0]]
            wanted, was, now = self._rows(blocks[0], blocks[-1])
            judged.update(range(blocks[0][0], blocks[-1][1]))
            yield _verdict(wanted, was, now), wanted, was, now
        for block in self.blocks:
            if block[0] in judged:
                continue
            wanted, was, now = self._rows(block, block)
            if wanted == was != now:
                yield "harmed", wanted, was, now

    def _rows(self, first: tuple[int, int, int, int], last: tuple[int, int, int, int]) -> tuple[list[Cells], ...]:
        """The rows before the damage, after it and after the fix in the lines from *first* to *last*."""
        origins = [*self.damaged.origins, self.damaged.origins[-1] + 1]
        return (
            _within(self.intact_rows, origins[first[0]], origins[last[1]]),
            _within(self.damaged_rows, first[0], last[1]),
            _within(self.fixed_rows, first[2], last[3]),
        )


def _within(rows: dict[int, Cells], start: int, end: int) -> list[Cells]:
    return [rows[line] for line in range(start, end) if line in rows]


def _verdict(wanted: list[Cells], was: list[Cells], now: list[Cells]) -> str:
    if wanted == was:
        return "unseen" if now == wanted else "wrong"
    if now == wanted:
        return "right"
    return "absent" if now == was else "wrong"


@dataclass
class Tally:
    """What was counted for one cause: verdicts by kind of fix, and what shows why."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {kind: Counter() for kind in (*MODES, "format")})
    samples: list[tuple[str, Sample]] = field(default_factory=list)

    def add(self, kind: str, name: str, comparison: Comparison) -> None:
        """Count what *comparison* says about the fixes of *kind* in the document *name*."""
        for verdict, wanted, was, now in comparison.judge():
            self.counts[kind][verdict] += 1
            self.samples.append((kind, (name, verdict, wanted, was, now)))

    def merge(self, other: Tally) -> None:
        """Add what *other* counted."""
        for kind, counts in other.counts.items():
            self.counts[kind].update(counts)
        self.samples += other.samples

    @property
    def format_wrong(self) -> int:
        """How many rows the format fixes alone render differently, rightly or not."""
        counts = self.counts["format"]
        return counts["right"] + counts["wrong"] + counts["harmed"]

    @property
    def flawless(self) -> bool:
        """Whether no safe fix is wrong or does harm, and no format fix shows."""
        return not (self.counts["safe"]["wrong"] or self.counts["safe"]["harmed"] or self.format_wrong)

    def figures(self) -> dict[str, Any]:
        """The counts by their names, with the shares of rows and of changes that are right."""
        safe = self.counts["safe"]
        kinds = {kind: _shares(self.counts[kind]) for kind in MODES}
        rows = safe["right"] + safe["wrong"] + safe["absent"]
        return {"rows": rows, "unseen": safe["unseen"], **kinds, "format": self.format_wrong}


def _shares(counts: Counter[str]) -> dict[str, float]:
    figures: dict[str, float] = {verdict: counts[verdict] for verdict in VERDICTS}
    figures["recall"] = _share(counts["right"], counts["right"] + counts["wrong"] + counts["absent"])
    figures["precision"] = _share(counts["right"], counts["right"] + counts["wrong"] + counts["harmed"])
    return figures


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def run(arguments: Sequence[str], texts: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Run a check on *texts*, by their names, and return its report in JSON and what it leaves of the texts."""
    command = [sys.executable, "-m", "awesome_lint", "check", "--isolated", "--no-cache", "--quiet", "--format", "json"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
        done = subprocess.run([*command, *arguments, "--", *texts], cwd=folder, capture_output=True, check=False)
        if b"Traceback" in done.stderr:
            sys.exit(done.stderr.decode("utf-8", "replace"))
        return done.stdout.decode(), {name: (folder / name).read_bytes().decode() for name in texts}


def with_format_fixes(text: str, findings: Sequence[dict[str, Any]]) -> str:
    """*text* with the format fixes of *findings*, as the JSON report holds them; of two that overlap the first."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    taken: list[tuple[int, int, str]] = []
    for finding in findings:
        fix = finding.get("fix")
        if not fix or fix["applicability"] != "format":
            continue
        edits = [
            (starts[e["line"] - 1] + e["column"] - 1, starts[e["end_line"] - 1] + e["end_column"] - 1, e["text"])
            for e in fix["edits"]
        ]
        if not any(start <= other[1] and other[0] <= end for start, end, _ in edits for other in taken):
            taken += edits
    for start, end, new in sorted(taken, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def measure(texts: dict[str, str], cause: str, rate: float, seed: int) -> Tally:
    """Damage *texts* by *cause*, fix them, and count."""
    tally = Tally()
    damaged = {name: damage(text, cause, rate, random.Random(f"{seed} {cause} {name}")) for name, text in texts.items()}
    damaged = {name: document for name, document in damaged.items() if document.spots}
    if not damaged:
        return tally
    broken = {name: "\n".join(document.lines) for name, document in damaged.items()}
    report, _ = run([], broken)
    findings: dict[str, list[dict[str, Any]]] = {name: [] for name in broken}
    for finding in json.loads(report):
        findings[finding["path"]].append(finding)
    results = {kind: run(arguments, broken)[1] for kind, arguments in MODES.items()}
    results["format"] = {name: with_format_fixes(text, findings[name]) for name, text in broken.items()}
    for kind, fixed in results.items():
        for name, document in damaged.items():
            tally.add(kind, name, Comparison(document, fixed[name]))
    return tally


def prepared(paths: Sequence[Path]) -> dict[str, str]:
    """The lists without what the fixes would change anyway, the layout of tables aside."""
    texts = {f"{number:03}-{path.name}": path.read_text(encoding="utf-8-sig") for number, path in enumerate(paths)}
    return run(["--fix", "--unsafe-fixes", "--ignore", "untidy-table"], texts)[1]


def show(tally: Tally, limit: int) -> None:
    """Print the first *limit* rows that are not right, of each kind and verdict."""
    shown: Counter[tuple[str, str]] = Counter()
    for kind, (name, verdict, *rows) in tally.samples:
        expected = ("absent", "unseen") if kind == "format" else ("right", "unseen")
        shown[kind, verdict] += 1
        if verdict not in expected and shown[kind, verdict] <= limit:
            print(f"    {kind} {verdict} in {name}")
            for label, found in zip(("wanted", "was", "now"), rows, strict=True):
                print(f"        {label:7}", "\n                ".join(" | ".join(cells) for cells in found))


def measure_all(paths: Sequence[Path], causes: Sequence[str], rate: float, seeds: Sequence[int]) -> dict[str, Tally]:
    """What was counted on the lists in *paths*, by cause."""
    tallies = {cause: Tally() for cause in causes}
    groups = [paths[start :: -(-len(paths) // BATCH)] for start in range(-(-len(paths) // BATCH))]
    with ThreadPoolExecutor(PROCESSES) as pool:
        batches = list(pool.map(prepared, groups))
        jobs = [
            (cause, pool.submit(measure, batch, cause, rate, seed))
            for cause in causes
            for seed in seeds
            for batch in batches
        ]
        for cause, job in jobs:
            tallies[cause].merge(job.result())
    return tallies


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as the command line says; 1 where a safe or a format fix is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a folder of lists")
    parser.add_argument("--cause", action="append", choices=list(CAUSES), help="by default all")
    parser.add_argument("--rate", type=float, default=0.2, help="the share of rows that are damaged")
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--files", type=int, help="take only so many lists, the smallest first")
    parser.add_argument("--show", type=int, default=0, help="print so many rows of each cause that are not right")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    options = parser.parse_args(arguments)
    if not any(options.folder.rglob("*.md")):
        parser.error(f"there is no Markdown file in {options.folder}")
    paths = sorted(options.folder.rglob("*.md"), key=lambda path: (path.stat().st_size, path))[: options.files]
    tallies = measure_all(paths, options.cause or list(CAUSES), options.rate, options.seed or [1])
    names = ["rows", "unseen", *HEADINGS, *HEADINGS, "format"]
    print(f"{'':30}{'safe':^45}{'unsafe':^45}")
    print(f"{'cause':16}" + "".join(f"{name:>7}" for name in names))
    for cause, tally in tallies.items():
        figures = tally.figures()
        numbers = [figures["rows"], figures["unseen"], *figures["safe"].values(), *figures["unsafe"].values()]
        print(f"{cause:16}" + "".join(f"{number:7}" for number in [*numbers, figures["format"]]), flush=True)
        show(tally, options.show)
    if options.json:
        options.json.write_text(json.dumps({c: t.figures() for c, t in tallies.items()}, indent=2) + "\n")
    return int(not all(tally.flawless for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
