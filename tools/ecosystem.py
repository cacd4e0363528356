"""What a change does to real lists: the findings and fixes that two versions of this project do not share.

    python tools/ecosystem.py BASE [HEAD [FOLDER]] [--rule RULE]... [--exact] [--no-fixes]

BASE and HEAD are git revisions of this repository or folders that hold a checkout; HEAD is the working tree unless
named.  FOLDER holds Markdown files; by default it is what AWESOME_LINT_CORPUS names.  Every file is checked, fixed with
--fix and fixed with --fix --unsafe-fixes by both versions, on copies and without any configuration.

For each file that differs, prints the findings of BASE alone (-) and of HEAD alone (+), then what the two write, as
differences between their fixed texts.  Exits with 0 where nothing differs, 1 where something does.
Both versions run in this environment: a version whose dependencies are not installed fails, and this is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from io import BytesIO
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parent.parent
PROCESSES = 2
BATCH = 8
"""Files per process: enough that starting Python costs little, few enough that both processes stay busy."""
MODES = {"--fix": ("--fix",), "--fix --unsafe-fixes": ("--fix", "--unsafe-fixes")}


@dataclass(frozen=True)
class Version:
    """One version of the project: its name on the command line, and the folder from which its package is imported."""

    name: str
    source: Path

    def run(self, *arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
        """Run the program in *folder*."""
        environment = os.environ | {"PYTHONPATH": str(self.source), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "awesome_lint", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)

    def knows(self, rule: str, folder: Path) -> bool:
        """Whether this version has *rule*."""
        return self.run("explain", rule, folder=folder).returncode == 0


@dataclass(frozen=True)
class Options:
    """What is compared."""

    rules: tuple[str, ...] = ()
    exact: bool = False
    fixes: bool = True


@dataclass(frozen=True)
class Outcome:
    """What one version does with one file: its findings (or why it failed), and the text that each mode writes."""

    findings: Counter[str]
    texts: dict[str, str]


def checkout(name: str, folder: Path) -> Version:
    """The version called *name*: a folder as it is, or a revision, which is written below *folder*.

    Raises SystemExit where *name* is neither.
    """
    if (Path(name) / "src" / "awesome_lint").is_dir():
        return Version(name, Path(name).resolve() / "src")
    done = subprocess.run(
        ["git", "-C", str(REPOSITORY), "archive", "--end-of-options", name, "src"], capture_output=True, check=False
    )
    if done.returncode:
        sys.exit(f"{name} is neither a checkout nor a revision: {done.stderr.decode().strip()}")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return Version(name, folder / "src")


def examine(version: Version, files: dict[str, bytes], options: Options) -> dict[str, Outcome]:
    """What *version* does with each of *files*, which are texts by their relative paths."""
    findings: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rules = [rule for rule in options.rules if version.knows(rule, folder)]
        if options.rules and not rules:
            return {name: Outcome(Counter(), {}) for name in files}
        chosen = ["--select", ",".join(rules)] if rules else []
        report = _run(version, files, folder / "check", chosen)
        try:
            findings = json.loads(report.stdout)
        except ValueError:
            if len(files) > 1:  # one file made the process fail: which one?
                return {key: value for name in files for key, value in _alone(version, name, files, options).items()}
            return {name: Outcome(Counter([_reason(report)]), {}) for name in files}
        texts = {mode: _fixed(version, files, folder / mode, [*chosen, *MODES[mode]]) for mode in _modes(options)}
    found: dict[str, Counter[str]] = {name: Counter() for name in files}
    for finding in findings:
        found[finding.pop("path")][_line(finding, options.exact)] += 1
    return {name: Outcome(found[name], {mode: texts[mode][name] for mode in texts}) for name in files}


def _alone(version: Version, name: str, files: dict[str, bytes], options: Options) -> dict[str, Outcome]:
    return examine(version, {name: files[name]}, options)


def _modes(options: Options) -> Sequence[str]:
    return tuple(MODES) if options.fixes else ()


def _run(
    version: Version, files: dict[str, bytes], folder: Path, arguments: Sequence[str]
) -> subprocess.CompletedProcess[bytes]:
    """Write *files* into *folder* and run a check on them."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return version.run(
        "check", "--isolated", "--no-cache", "--quiet", "--format", "json", *arguments, "--", *files, folder=folder
    )


def _fixed(version: Version, files: dict[str, bytes], folder: Path, arguments: Sequence[str]) -> dict[str, str]:
    """The texts of *files* after a run with *arguments*; a run that fails leaves its reason at the end of each."""
    done = _run(version, files, folder, arguments)
    crash = f"\n[{_reason(done)}]" if b"Traceback" in done.stderr else ""
    return {name: (folder / name).read_bytes().decode("utf-8", "replace") + crash for name in files}


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"exit code {done.returncode}: {lines[-1] if lines else 'no message'}"


def _line(finding: dict[str, Any], exact: bool) -> str:
    """One line for a finding; with *exact* it holds everything that the report does."""
    if exact:
        return json.dumps(finding, ensure_ascii=False)
    fix = f" [{finding['fix']['applicability']} fix]" if finding.get("fix") else ""
    return f"{finding['line']}: {finding['severity']} {finding['rule']}: {finding['message']}{fix}"


def compare(base: Outcome, head: Outcome) -> dict[str, list[str]]:
    """The differing lines of the two outcomes, by what differs: ``findings`` or one of the modes."""
    lost, gained = base.findings - head.findings, head.findings - base.findings
    lines = [(line, "-") for line in lost.elements()] + [(line, "+") for line in gained.elements()]
    sections = {"findings": [f"{sign} {line}" for line, sign in sorted(lines, key=_by_line_number)]}
    for mode in base.texts.keys() & head.texts.keys():
        sections[mode] = list(_difference(base.texts[mode], head.texts[mode]))
    return {name: sections[name] for name in ("findings", *MODES) if sections.get(name)}


def _by_line_number(item: tuple[str, str]) -> tuple[int, bool, str]:
    line, sign = item
    number = line.partition(":")[0]
    return (int(number) if number.isdecimal() else 0, sign == "+", line)


def _difference(base: str, head: str) -> Iterator[str]:
    lines = unified_diff(base.splitlines(), head.splitlines(), n=0, lineterm="")
    for line in list(lines)[2:]:
        yield line if line.startswith("@@") else f"{line[0]} {line[1:]}"


def run(base: Version, head: Version, paths: dict[str, Path], options: Options) -> int:
    """Compare the two versions on *paths* (files by their names), print what differs and return how much does."""
    names = sorted(paths, key=lambda name: paths[name].stat().st_size, reverse=True)
    stride = min(len(names), max(PROCESSES, -(-len(names) // BATCH)))
    batches = [{name: paths[name].read_bytes() for name in names[start::stride]} for start in range(stride)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        jobs = [[pool.submit(examine, version, batch, options) for version in (base, head)] for batch in batches]
        outcomes = [
            {name: done for job in side for name, done in job.result().items()} for side in zip(*jobs, strict=True)
        ]
    counts: Counter[str] = Counter()
    for name in sorted(paths):
        differences = compare(outcomes[0][name], outcomes[1][name])
        if differences:
            counts["files"] += 1
            _print(name, differences)
        for section, lines in differences.items():
            counts.update(section + line[0] for line in lines)
    _summarise(counts, len(paths), options)
    return counts["files"]


def _print(name: str, differences: dict[str, list[str]]) -> None:
    print(name)
    for section, lines in differences.items():
        print(f"  {section}")
        for line in lines:
            print(f"    {line}")
    print(flush=True)


def _summarise(counts: Counter[str], files: int, options: Options) -> None:
    total = sum(count for key, count in counts.items() if key[-1] in "-+")
    print(f"{total} difference{'s' * (total != 1)} in {counts['files']} of {files} files")
    if total:
        for section in ("findings", *_modes(options)):
            print(f"  {section}: -{counts[section + '-']} +{counts[section + '+']}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two versions as the command line says; 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="a revision, or a folder that holds a checkout")
    parser.add_argument("head", nargs="?", default=str(REPOSITORY), help="by default the working tree")
    parser.add_argument("folder", nargs="?", type=Path, help="real lists; by default AWESOME_LINT_CORPUS")
    parser.add_argument("--rule", action="append", default=[], help="compare this rule only; may be repeated")
    parser.add_argument("--exact", action="store_true", help="compare all that a finding's JSON holds")
    parser.add_argument("--no-fixes", action="store_true", help="compare findings only")
    options = parser.parse_args(arguments)
    folder = options.folder or os.environ.get("AWESOME_LINT_CORPUS")
    if not folder or not Path(folder).is_dir():
        parser.error("name a folder of lists, or set AWESOME_LINT_CORPUS to one")
    paths = {path.relative_to(folder).as_posix(): path for path in Path(folder).rglob("*.md") if path.is_file()}
    scratch = Path(tempfile.mkdtemp())
    try:
        versions = [checkout(name, scratch / side) for side, name in (("base", options.base), ("head", options.head))]
        compared = Options(tuple(options.rule), options.exact, not options.no_fixes)
        return int(bool(run(versions[0], versions[1], paths, compared)))
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    sys.exit(main())
