"""The program as users run it, on real files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import complaint, run, run_process

pytestmark = pytest.mark.slow

CLEAN = "# List\n\n- [Alpha](https://example.org/alpha) - A tool.\n"
WARNING = "# List <!-- awesome-lint disable nothing-like-it -->\n\nText.\n"
ERROR = "# List\n\n| Paper | Year |\n| --- | --- |\n| [Alpha](https://example.org/a) | 2016 |\n| [Beta]() | 2017 |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a clean README, a list with a warning and one with an error."""
    (tmp_path / "README.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "warning.md").write_text(WARNING, encoding="utf-8")
    (tmp_path / "error.md").write_text(ERROR, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["README.md"], 0),
        (["warning.md"], 0),
        (["warning.md", "--strict"], 1),
        (["--strict", "warning.md"], 1),
        (["error.md"], 1),
        (["error.md", "--exit-zero"], 0),
        (["error.md", "--ignore", "link"], 0),
        (["error.md", "--ignore=empty-link"], 0),
        (["error.md", "--select", "table,section"], 0),
        (["error.md", "--select", "table", "--select", "link"], 1),
        (["check", "error.md"], 1),
        (["--quiet", "check", "error.md"], 1),
        (["--format", "concise", "check", "error.md"], 1),
        (["README.md", "error.md", "warning.md"], 1),
        ([".", "--select", "suppression"], 0),
        (["error.md", "missing.md"], 2),
        (["missing.md", "error.md", "--exit-zero"], 2),
    ],
)
def test_exit_code(folder: Path, arguments: list[str], code: int) -> None:
    assert run(*arguments, cwd=folder).returncode == code


def test_text_report(folder: Path) -> None:
    done = run("error.md", cwd=folder)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("error.md:6:3: error[empty-link] ")
    assert lines[1:3] == [" 6 │ | [Beta]() | 2017 |", "   │   ^^^^^^^^"]
    assert lines[-1].startswith("1 error in 1 file")
    assert done.stderr == b""


def test_concise_report_of_several_files(folder: Path) -> None:
    lines = run("warning.md", "error.md", "--format=concise", "--quiet", cwd=folder).stdout.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == ["warning.md:1:34", "error.md:6:3"]


def test_json_report(folder: Path) -> None:
    (found,) = json.loads(run("error.md", "--format", "json", cwd=folder).stdout)
    assert (found["rule"], found["severity"], found["path"]) == ("empty-link", "error", "error.md")
    assert (found["line"], found["column"], found["end_line"], found["end_column"]) == (6, 3, 6, 11)
    assert found["section"] == ["List"]


def test_json_report_of_a_clean_file(folder: Path) -> None:
    assert json.loads(run("--format", "json", cwd=folder).stdout) == []


def test_quiet_prints_nothing_about_a_clean_file(folder: Path) -> None:
    done = run("-q", cwd=folder)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_statistics(folder: Path) -> None:
    assert run(".", "--statistics", "-q", cwd=folder).stdout.decode() == (
        "rule                errors  warnings  fixable\n"
        "empty-link               1         0        0\n"
        "unused-suppression       0         1        0\n"
        "total                    1         1        0\n"
    )
    counts = json.loads(run(".", "--statistics", "--format", "json", cwd=folder).stdout)
    assert [(each["rule"], each["count"]) for each in counts] == [("empty-link", 1), ("unused-suppression", 1)]


def test_output_file(folder: Path) -> None:
    target = folder / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    done = run("error.md", "--format", "json", "--output", target, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert json.loads(target.read_bytes())[0]["rule"] == "empty-link"
    assert target.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in folder.iterdir()} == {"README.md", "warning.md", "error.md", "report.json"}


def test_output_that_cannot_be_written(folder: Path) -> None:
    assert "cannot be written" in complaint(run("README.md", "--output", folder, cwd=folder))
    assert "cannot be written" in complaint(run("README.md", "--output", "no/such/folder", cwd=folder))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk(folder: Path) -> None:
    command = [sys.executable, "-m", "awesome_lint", "error.md"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert "incomplete" in complaint(done)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_broken_pipe(folder: Path, unbuffered: str) -> None:
    lines = (f"[x{number}]()\n\n" for number in range(5_000))
    (folder / "long.md").write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "awesome_lint", "long.md"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        trouble = process.stderr.read().decode()
        assert process.wait(60) == 2
    assert trouble == "error: standard output: Broken pipe; the report is incomplete\n"


@pytest.mark.parametrize(
    ("environment", "arguments", "colored"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "0"}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"NO_COLOR": "1"}, ["--color"], True),
        ({"FORCE_COLOR": "1"}, ["--no-color"], False),
    ],
)
def test_color(folder: Path, environment: dict[str, str], arguments: list[str], colored: bool) -> None:
    done = run("error.md", *arguments, cwd=folder, stdin=b"", **environment)
    assert (b"\x1b[" in done.stdout) is colored


def test_width(folder: Path) -> None:
    (folder / "wide.md").write_text(f"# List\n\n{'word ' * 100}[Beta]() {'word ' * 100}\n", encoding="utf-8")
    lines = run("wide.md", cwd=folder, COLUMNS="60").stdout.decode().splitlines()
    assert len(lines[1]) == 60
    assert lines[1][lines[2].index("^") :].startswith("[Beta]()")


# What is checked


def test_standard_input(folder: Path) -> None:
    done = run("-", "--format", "concise", "--quiet", cwd=folder, stdin=ERROR.encode())
    assert done.returncode == 1
    assert done.stdout.startswith(b"<stdin>:6:3: error[empty-link]")
    named = run("-", "--stdin-filename", "docs/LIST.md", "--format", "json", cwd=folder, stdin=ERROR.encode())
    assert json.loads(named.stdout)[0]["path"] == "docs/LIST.md"


def test_standard_input_named_like_a_checked_file_keeps_its_own_lines(folder: Path) -> None:
    (folder / "file.md").write_text("# File\n\n[In the file]()\n", encoding="utf-8")
    given = "# Given\n\n[In the input]()\n"
    for first, second in (("file.md", "-"), ("-", "file.md")):
        done = run(first, second, "--stdin-filename", "file.md", cwd=folder, stdin=given.encode())
        lines = [line for line in done.stdout.decode().splitlines() if line.startswith(" 3 │")]
        shown = {"-": " 3 │ [In the input]()", "file.md": " 3 │ [In the file]()"}
        assert lines == [shown[first], shown[second]]
        assert b"2 errors in 2 files" in done.stdout


def test_the_readme_of_this_folder(tmp_path: Path) -> None:
    assert "no README" in complaint(run(cwd=tmp_path))
    (tmp_path / "readme.markdown").write_text(ERROR, encoding="utf-8")
    assert run("--format=concise", cwd=tmp_path).stdout.startswith(b"readme.markdown:6:3:")
    (tmp_path / "Readme.MD").write_text(CLEAN, encoding="utf-8")
    assert run(cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["README.md: checked because it is the README of this folder; no configuration in its folder or above"]),
        (["./README.md"], ["README.md: checked because it was named; no configuration in its folder or above"]),
        (["-"], ["<stdin>: checked because it is standard input; no configuration in its folder or above"]),
        (
            ["--diff"],
            ["README.md: checked because it is the README of this folder; no configuration in its folder or above"],
        ),
        (
            ["README.md", "sub"],
            [
                "README.md: checked because it was named; no configuration in its folder or above",
                (
                    "sub/a.md: checked because it is a Markdown file in sub; "
                    "configured by sub/.awesome-lint.toml, the nearest one"
                ),
            ],
        ),
        (
            ["sub/a.md", "--isolated"],
            ["sub/a.md: checked because it was named; no configuration, because of --isolated"],
        ),
        (
            ["README.md", "--config", "sub/.awesome-lint.toml"],
            ["README.md: checked because it was named; configured by sub/.awesome-lint.toml, as set by --config"],
        ),
    ],
)
def test_verbose_says_what_is_taken_and_why(tmp_path: Path, arguments: list[str], expected: list[str]) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "sub" / ".awesome-lint.toml").write_text("", encoding="utf-8")
    done = run("--verbose", *arguments, cwd=tmp_path, stdin=CLEAN.encode())
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [f"note: {line}" for line in expected]


def test_explain_is_another_name_for_rules(tmp_path: Path) -> None:
    for arguments in ([], ["empty-link"], ["table"]):
        explained, ruled = (run(command, *arguments, cwd=tmp_path) for command in ("explain", "rules"))
        assert (explained.returncode, explained.stdout) == (0, ruled.stdout)


def test_a_folder_with_ignored_files(tmp_path: Path) -> None:
    for name in (
        "README.md", "docs/list.markdown", "docs/keep/kept.md", "docs/drafts/draft.md", "build/out.md", "notes.txt",
        ".git/description.md", "docs/skip.md", "deep/a/skip.md", "deep/a/b/readme.mkd",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(WARNING, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("build/\nskip.md\n*.mkd\n")
    (tmp_path / "docs/.gitignore").write_text("drafts\n!skip.md\n")
    (tmp_path / "deep/a/b/.gitignore").write_text("!readme.mkd\n")
    (tmp_path / "docs/loop").symlink_to(tmp_path, target_is_directory=True)

    def checked(*arguments: str) -> list[str]:
        return sorted({found["path"] for found in json.loads(run(*arguments, "--format=json", cwd=tmp_path).stdout)})

    below_docs = ["docs/keep/kept.md", "docs/list.markdown", "docs/skip.md"]
    assert checked(".") == ["README.md", "deep/a/b/readme.mkd", *below_docs]
    assert checked("docs") == below_docs
    assert checked("docs", "./docs/list.markdown", "docs") == below_docs
    assert checked("build") == ["build/out.md"]
    assert checked("deep/a/skip.md") == ["deep/a/skip.md"]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="needs a file system whose names are any bytes")
def test_hostile_file_names(tmp_path: Path) -> None:
    for name in (b"\xff.md", b"::error::x.md", b"a\nb.md", b"\x1b[31m.md"):
        (tmp_path / os.fsdecode(name)).write_text("[a]()\n")
    (tmp_path / "dangling.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    shown = [r"./::error::x.md:1:1", r"\udcff.md:1:1", r"\x1b[31m.md:1:1", r"a\x0ab.md:1:1"]
    lines = run(".", "--format=concise", "-q", cwd=tmp_path).stdout.decode().splitlines()
    assert sorted(line.partition(": ")[0] for line in lines) == shown
    paths = [found["path"] for found in json.loads(run(".", "--format=json", cwd=tmp_path).stdout)]
    assert sorted(paths) == ["\x1b[31m.md", "::error::x.md", "\\udcff.md", "a\nb.md"]


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    (folder / "bad.md").write_bytes(b"# \xff\n")
    done = run("bad.md", "error.md", "--format=concise", "-q", cwd=folder)
    assert done.stdout.startswith(b"error.md:6:3:")
    assert "bad.md: is not UTF-8" in complaint(done)


def test_relative_files_are_looked_up_beside_the_list(folder: Path) -> None:
    (folder / "docs").mkdir()
    (folder / "docs/list.md").write_text("# List\n\n[here](guide.md) [there](../error.md)\n", encoding="utf-8")
    (folder / "docs/guide.md").write_text(CLEAN, encoding="utf-8")
    assert run("docs/list.md", "--select", "missing-file", cwd=folder).returncode == 0
    (folder / "docs/guide.md").unlink()
    assert run("docs/list.md", "--select", "missing-file", cwd=folder).returncode == 1
    stdin = (folder / "docs/list.md").read_bytes()
    assert run("-", "--select", "missing-file", cwd=folder, stdin=stdin).returncode == 0
    named = run("-", "--stdin-filename=docs/list.md", "--select", "missing-file", cwd=folder, stdin=stdin)
    assert named.returncode == 1


# What cannot be done


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"# List\n\nx\xff\n", "file.md: is not UTF-8: byte 0xff in line 3"),
        ("# List\n".encode("utf-16"), "file.md: is UTF-16, not UTF-8"),
        (b"\x7fELF\0\0", "file.md: is a binary file"),
        (b"x" * (50 << 20), "file.md: is larger than 20 MB"),
    ],
    ids=["latin-1", "utf-16", "binary", "50 MB"],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "file.md").write_bytes(content)
    assert complaint(run("file.md", cwd=tmp_path)).startswith(f"error: {expected}")
    assert complaint(run("export", "file.md", cwd=tmp_path)).startswith(f"error: {expected}")
    assert complaint(run("-", "--stdin-filename=file.md", cwd=tmp_path, stdin=content)).startswith(f"error: {expected}")


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"note: README.md: is empty\n")
    assert run("--quiet", cwd=tmp_path).stderr == b""


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["REDME.md"], "error: REDME.md: no such file; did you mean README.md?"),
        (["xyz/abc.md"], "error: xyz/abc.md: no such file"),
        (["chek"], "error: there is neither a command nor a file named 'chek'; did you mean check?"),
        (["empty"], "error: empty: no Markdown files in this folder"),
        (["--select", "empty-lnk"], "error: there is no rule or group 'empty-lnk'; did you mean empty-link?"),
        (["--ignore", "link,qqqq"], "error: there is no rule or group 'qqqq'; 'awesome-lint rules' lists them"),
        (["rules", "empty-lnk"], "error: there is no rule or group 'empty-lnk'; did you mean empty-link?"),
        (["--stdin-filename", "x.md"], "error: --stdin-filename names standard input, so it needs the path -"),
        (["a\nb.md"], "error: a b.md: no such file"),
        ([""], "error: an empty name is not a file"),
    ],
)
def test_mistaken_arguments(folder: Path, arguments: list[str], expected: str) -> None:
    (folder / "empty").mkdir()
    assert complaint(run(*arguments, cwd=folder)) == expected


def test_misspelt_options(folder: Path) -> None:
    assert "--select" in complaint(run("--selct", "link", cwd=folder))
    assert "text" in complaint(run("--format", "txet", cwd=folder))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(folder: Path) -> None:
    (folder / "error.md").chmod(0)
    assert "permission denied" in complaint(run("error.md", cwd=folder))


def test_an_internal_error_is_one_line(folder: Path) -> None:
    (folder / "sitecustomize.py").write_text(
        "from awesome_lint.rules import empty_link\n"
        "def check(context):\n    raise KeyError('\\x1b[31m')\n"
        "from msgspec.structs import force_setattr\nforce_setattr(empty_link.RULE, 'check', check)\n"
    )
    done = run_process(
        "error.md", "warning.md", "--format", "concise", "-q", "--no-cache", cwd=folder, PYTHONPATH=str(folder)
    )
    assert done.returncode == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("error: internal error in rule empty-link, on error.md: KeyError: ")
    assert lines[0].endswith("this is a bug of awesome-lint, please report it")
    assert "\x1b" not in lines[0]
    assert done.stdout == b""


# Other commands


def test_a_terminal_that_knows_only_ascii(folder: Path) -> None:
    done = run_process("error.md", cwd=folder, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert b"\\u201cBeta\\u201d" in done.stdout


def test_export(folder: Path) -> None:
    one = json.loads(run("export", "error.md", cwd=folder).stdout)
    assert one["path"] == "error.md"
    assert one["tables"][0]["rows"][1]["cells"][0]["links"] == [{"text": "Beta", "url": ""}]
    several = json.loads(run("export", "error.md", "README.md", cwd=folder).stdout)
    assert [file["path"] for file in several] == ["error.md", "README.md"]
    assert [file["path"] for file in json.loads(run("export", ".", cwd=folder).stdout)] == [
        "README.md",
        "error.md",
        "warning.md",
    ]
    rows = run("export", "error.md", "--format", "csv", cwd=folder).stdout.decode().splitlines()
    assert rows[0] == "path,line,section,Paper,Year,url,links"
    assert len(run("--format", "jsonl", "export", "error.md", cwd=folder).stdout.splitlines()) == 2
    run("export", "error.md", "--format", "tsv", "-o", "rows.tsv", cwd=folder)
    assert (
        (folder / "rows.tsv").read_text(encoding="utf-8").startswith("path\tline\tsection\tPaper\tYear\turl\tlinks\n")
    )
