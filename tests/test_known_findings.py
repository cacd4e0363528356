"""Only what is new is reported: since a commit, or beside a baseline; with real git."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from awesome_lint.baseline.file import Baseline, BaselineError
from awesome_lint.baseline.since import new_diagnostics
from awesome_lint.diagnostic import Diagnostic, RelatedPlace, Severity
from awesome_lint.markdown import parse
from awesome_lint.source import Position, Source, Span
from awesome_lint.suppression.insertion import add_suppressions
from tests.program import run

pytestmark = pytest.mark.slow

COMMAND = [sys.executable, "-m", "awesome_lint"]
HEADER = "| Title | Venue | Year |\n| --- | --- | --- |\n"


def row(number: int, venue: str = "ICML") -> str:
    return f"| [Paper number {number:03}](https://example.org/paper/{number}) | {venue} | {2000 + number % 20} |"


def faulty(number: int) -> str:
    return f"| [Old paper {number:03}](https://example.org/old/{number} | ICML | {2000 + number % 20} |"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose list has 40 findings, on the branch main."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    rows = [row(number) for number in range(60)] + [faulty(number) for number in range(40)]
    write(tmp_path, rows)
    commit(tmp_path, "base")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    run = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True, env=environment
    )
    return run.stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


def write(folder: Path, rows: list[str], name: str = "README.md", newline: str = "\n") -> None:
    text = "# List\n\n## Papers\n\n" + HEADER + "\n".join(rows) + "\n"
    (folder / name).write_bytes(text.replace("\n", newline).encode())


def rows_of(folder: Path) -> list[str]:
    return (folder / "README.md").read_text(encoding="utf-8").split("\n")[6:-1]


def lint(folder: Path, *arguments: str) -> tuple[list[dict[str, object]], int, str]:
    done = run(*arguments, "--format", "json", cwd=folder)
    findings: list[dict[str, object]] = json.loads(done.stdout) if done.stdout else []
    return findings, done.returncode, done.stderr.decode()


def contribute(folder: Path) -> None:
    """Three rows are added (one good, one there already, one without a pipe), ten move."""
    rows = rows_of(folder)
    moved = rows[70:80]
    rows = rows[:70] + rows[80:]
    rows[20:20] = moved
    rows.insert(3, row(500))
    rows.insert(90, row(7))
    rows.insert(5, "| [A new paper](https://example.org/new) ICML | 2020 |")
    write(folder, rows)


def test_a_pull_request_is_judged_by_what_it_adds(repository: Path) -> None:
    assert len(lint(repository)[0]) == 40
    git(repository, "checkout", "--quiet", "-b", "contribution")
    contribute(repository)
    commit(repository, "add papers")
    findings, code, _ = lint(repository, "--since", "main")
    assert sorted(str(finding["rule"]) for finding in findings) == ["column-count", "duplicate-entry"]
    assert code == 1
    texts = (repository / "README.md").read_text(encoding="utf-8").split("\n")
    lines = {str(finding["rule"]): texts[int(str(finding["line"])) - 1] for finding in findings}
    assert "A new paper" in lines["column-count"]
    assert lines["duplicate-entry"] == row(7)


def test_reports_of_a_pull_request_name_its_lines(repository: Path) -> None:
    contribute(repository)
    texts = (repository / "README.md").read_text(encoding="utf-8").split("\n")
    expected = sorted(
        [
            ("duplicate-entry", max(number for number, text in enumerate(texts, 1) if text == row(7))),
            ("column-count", next(number for number, text in enumerate(texts, 1) if "A new paper" in text)),
        ]
    )
    options = ["--report", "sarif=out.sarif", "--report", "github"]
    git(repository, "stash", "--quiet")
    lint(repository, "--write-baseline", "known.json")
    git(repository, "stash", "pop", "--quiet")
    for known in (["--since", "main"], ["--baseline", "known.json"]):
        run = subprocess.run(
            [*COMMAND, *known, *options], cwd=repository, capture_output=True, text=True, check=False, timeout=120
        )
        assert (run.returncode, run.stderr) == (1, "")
        annotations = re.findall(
            r"^::error file=README\.md,line=(\d+),.*title=awesome-lint ([\w-]+)[,:]", run.stdout, re.MULTILINE
        )
        assert len(run.stdout.splitlines()) == 2
        assert sorted((rule, int(line)) for line, rule in annotations) == expected
        results = json.loads((repository / "out.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
        regions = [(each["ruleId"], each["locations"][0]["physicalLocation"]["region"]) for each in results]
        assert sorted((rule, region["startLine"]) for rule, region in regions) == expected


@pytest.mark.parametrize("number", [7, 30], ids=["first", "in the middle"])
@pytest.mark.parametrize("is_copy", [True, False], ids=["a copy", "another year"])
def test_a_duplicate_above_the_old_entry(repository: Path, number: int, is_copy: bool) -> None:
    new = row(number) if is_copy else row(number).replace("ICML", "NeurIPS")
    rows = rows_of(repository)
    rows.insert(2, new)
    write(repository, rows)
    old_line = 8 + number
    (finding,), code, _ = lint(repository, "--since", "main")
    assert (finding["rule"], finding["line"], code) == ("duplicate-entry", 9, 1)
    assert f"again on line {old_line}" in str(finding["message"]), finding
    assert [place["line"] for place in finding["related"]] == [old_line]  # type: ignore[attr-defined]

    comment = " <!-- awesome-lint disable-line duplicate-entry: two papers -->"
    rows[2] = new.removesuffix(" |") + comment + " |"
    write(repository, rows)
    assert lint(repository, "--since", "main") == ([], 0, "")
    assert [each["rule"] for each in lint(repository)[0] if each["rule"] != "truncated-link"] == []

    rows[2] = new
    write(repository, rows)
    findings, code, errors = lint(repository, "--since", "main", "--add-ignores")
    assert (findings, code) == ([], 0)
    assert "README.md: suppressed 1 finding;" in errors
    rows[2] = new.removesuffix(" |") + " <!-- awesome-lint disable-line duplicate-entry --> |"
    assert rows_of(repository) == rows


def test_one_finding_about_many_places_is_reported_at_the_new_one_and_suppressed_at_its_own() -> None:
    old, new = Source("first\nsecond\n"), Source("first\nsecond\nthird\n")
    diagnostic = Diagnostic(
        "malformed-link",
        Severity.WARNING,
        "These are wrong",
        "README.md",
        Span(0, 5),
        Position(1, 1),
        Position(1, 6),
        related=(
            RelatedPlace(Position(2, 1), "Here too", too=True),
            RelatedPlace(Position(3, 1), "Here too", too=True),
        ),
    )
    (found,) = new_diagnostics([diagnostic], new, [], old)
    assert (found.start, found.end, found.message) == (Position(3, 1), Position(3, 6), "These are wrong")
    assert [place.start.line for place in found.related] == [2, 1]
    assert add_suppressions(parse(new), [found]).text.split("\n") == [
        "first <!-- awesome-lint disable-line malformed-link -->",
        "second",
        "third",
        "",
    ]


def test_a_baseline_reports_the_same(repository: Path) -> None:
    assert lint(repository, "--write-baseline", "known.json") == ([], 0, "")
    contribute(repository)
    findings, code, _ = lint(repository, "--baseline", "known.json")
    assert sorted(str(finding["rule"]) for finding in findings) == ["column-count", "duplicate-entry"]
    assert code == 1


def test_the_working_tree_counts_before_it_is_committed(repository: Path) -> None:
    contribute(repository)
    assert len(lint(repository, "--since", "main")[0]) == 2
    git(repository, "add", "--all")
    assert len(lint(repository, "--since", "HEAD")[0]) == 2


def test_a_touched_row_that_is_still_faulty_is_new(repository: Path) -> None:
    rows = rows_of(repository)
    rows[65] = rows[65].replace("ICML", "NeurIPS")
    write(repository, rows)
    findings, _, _ = lint(repository, "--since", "main")
    assert [finding["rule"] for finding in findings] == ["truncated-link"]


def test_nothing_is_new_where_only_line_endings_or_names_changed(repository: Path) -> None:
    write(repository, rows_of(repository), newline="\r\n")
    assert lint(repository, "--since", "main")[:2] == ([], 0)
    git(repository, "mv", "README.md", "LIST.md")
    assert lint(repository, "LIST.md", "--since", "main")[:2] == ([], 0)


def test_a_file_that_was_renamed_without_git_is_no_new_one(repository: Path) -> None:
    (repository / "README.md").rename(repository / "LIST.md")
    assert lint(repository, "LIST.md", "--since", "main")[:2] == ([], 0)
    write(repository, [row(500), faulty(500)], "LIST.md")
    assert len(lint(repository, "LIST.md", "--since", "main")[0]) == 1  # too little of it is left


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_repository_of_another_user_is_explained(repository: Path) -> None:
    os.chown(repository, 65534, 65534)
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    run = subprocess.run(
        [*COMMAND, "--since", "main"], cwd=repository, capture_output=True, text=True, check=False, env=environment
    )
    assert run.returncode == 2
    assert "safe.directory" in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_all_of_a_new_file_is_new(repository: Path) -> None:
    write(repository, [faulty(1), faulty(2)], "MORE.md")
    assert len(lint(repository, "MORE.md", "--since", "main")[0]) == 2


@pytest.mark.parametrize("link", ["docs.md", "/docs.md"])
def test_a_file_that_a_branch_deletes_makes_its_links_new(repository: Path, link: str) -> None:
    (repository / "docs.md").write_text("# Docs\n", encoding="utf-8")
    with (repository / "README.md").open("a", encoding="utf-8") as file:
        file.write(f"\nSee the [docs]({link}).\n")
    commit(repository, "add docs")
    (repository / "docs.md").unlink()
    findings, _, _ = lint(repository, "--since", "main")
    assert [finding["rule"] for finding in findings] == ["missing-file"]


def test_a_detached_head_is_fine(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach")
    contribute(repository)
    assert len(lint(repository, "--since", "main")[0]) == 2


def test_too_little_history_is_explained(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    contribute(repository)
    commit(repository, "second")
    first = git(repository, "rev-parse", "HEAD~1").strip()
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "--quiet", "--depth", "1", repository.as_uri(), ".")
    findings, code, errors = lint(clone, "--since", first)
    assert (findings, code) == ([], 2)
    assert "fetch-depth: 0" in errors
    remedy = re.search(r"git (fetch [^)]*)\)", errors)
    assert remedy
    git(clone, *shlex.split(remedy[1]))
    assert len(lint(clone, "--since", first)[0]) == 2


@pytest.mark.parametrize("reference", ["nothing", "--output=stolen", "main:README.md", ""])
def test_a_reference_that_names_no_commit_is_refused(repository: Path, reference: str) -> None:
    findings, code, errors = lint(repository, f"--since={reference}")
    assert (findings, code) == ([], 2)
    assert "does not know the commit" in errors
    assert sorted(path.name for path in repository.iterdir()) == [".git", "README.md"]


def test_a_folder_without_git_is_explained(tmp_path: Path) -> None:
    write(tmp_path, [faulty(1)])
    findings, code, errors = lint(tmp_path, "--since", "main")
    assert (findings, code) == ([], 2)
    assert "not in a git repository" in errors


def test_mended_findings_are_stale(repository: Path) -> None:
    lint(repository, "--write-baseline", "known.json")
    rows = rows_of(repository)
    write(repository, rows[:98])
    findings, code, errors = lint(repository, "--baseline", "known.json")
    assert (findings, code) == ([], 0)
    assert errors.count("no longer found") == 2
    assert lint(repository, "--baseline", "known.json", "--quiet") == ([], 0, "")


@pytest.mark.parametrize("options", [["--select", "table"], ["--ignore", "truncated-link"], ["--ignore", "link"]])
def test_what_was_not_looked_for_is_not_stale(repository: Path, options: list[str]) -> None:
    lint(repository, "--write-baseline", "known.json")
    assert lint(repository, "--baseline", "known.json", *options) == ([], 0, "")


def test_what_is_old_is_not_stale(repository: Path) -> None:
    lint(repository, "--write-baseline", "known.json")
    assert lint(repository, "--baseline", "known.json", "--since", "main") == ([], 0, "")


def test_a_baseline_of_what_is_new_is_refused(repository: Path) -> None:
    assert lint(repository, "--write-baseline", "known.json", "--since", "main")[:2] == ([], 2)
    assert not (repository / "known.json").exists()


def test_comments_are_added_only_beside_what_is_new(repository: Path) -> None:
    lint(repository, "--write-baseline", "known.json")
    rows = [*rows_of(repository), faulty(500)]
    write(repository, rows)
    findings, code, _ = lint(repository, "--baseline", "known.json", "--add-ignores")
    assert (findings, code) == ([], 0)
    *old, new = rows_of(repository)
    assert old == rows[:-1]
    assert "disable-line truncated-link" in new


@pytest.mark.parametrize("options", [["--diff"], ["--write-baseline", "known.json"], ["-"]])
def test_comments_are_written_into_files_only(repository: Path, options: list[str]) -> None:
    findings, code, errors = lint(repository, "--add-ignores", *options)
    assert (findings, code) == ([], 2)
    assert "--add-ignores writes to files" in errors
    assert git(repository, "status", "--porcelain") == ""


def test_a_baseline_serves_from_any_folder(repository: Path) -> None:
    lint(repository, "--write-baseline", "known.json")
    (repository / "sub").mkdir()
    assert lint(repository / "sub", "../README.md", "--baseline", "../known.json")[:2] == ([], 0)


def with_count(count: str) -> str:
    item = f'{{"path": "README.md", "rule": "empty-link", "about": "x", "fingerprint": "0", "count": {count}}}'
    return f'{{"version": 1, "findings": [{item}]}}'


COUNT = "it is not a baseline: the count of finding 1 is not a whole number from 1 to 1,000,000"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "it is not a baseline: Expecting value: line 1 column 1 (char 0)"),
        ("[]", "it is not a baseline: it is not a JSON object with a list of findings"),
        ('{"version": 1}', "it is not a baseline: it is not a JSON object with a list of findings"),
        ('{"version": 2, "findings": []}', "it has version 2, but this program reads version 1"),
        ('{"version": [[[]]], "findings": []}', "it has version [[[]]], but this program reads version 1"),
        ('{"version": true, "findings": []}', "it has version True, but this program reads version 1"),
        ('{"version": 1, "findings": [{}]}', "it is not a baseline: the path of finding 1 is not a text"),
        ('{"version": 1, "findings": [3]}', "it is not a baseline: the path of finding 1 is not a text"),
        (with_count("1").replace('"0"', "[]"), "it is not a baseline: the fingerprint of finding 1 is not a text"),
        (with_count("Infinity"), COUNT),
        (with_count("NaN"), COUNT),
        (with_count("1e999"), COUNT),
        (with_count("1.0"), COUNT),
        (with_count("-1"), COUNT),
        (with_count("0"), COUNT),
        (with_count("true"), COUNT),
        (with_count('"1"'), COUNT),
        (with_count("9" * 400), COUNT),
        (with_count("9" * 5000), "it is not a baseline: Exceeds the limit"),
        ("[" * 99_999, "it is not a baseline: maximum recursion depth exceeded"),
    ],
)
def test_what_is_wrong_with_a_damaged_baseline(text: str, message: str) -> None:
    with pytest.raises(BaselineError) as caught:
        Baseline.loads(text)
    assert str(caught.value).startswith(message)


def test_a_damaged_baseline_is_refused_in_one_line(repository: Path) -> None:
    (repository / "known.json").write_text(with_count("Infinity"), encoding="utf-8")
    assert lint(repository, "--baseline", "known.json") == ([], 2, f"error: known.json: {COUNT}\n")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device without an end")
def test_a_baseline_without_an_end_is_refused(repository: Path) -> None:
    (repository / "known.json").symlink_to("/dev/zero")
    assert lint(repository, "--baseline", "known.json") == (
        [],
        2,
        "error: known.json: is larger than 64 MB, too large for a baseline\n",
    )
