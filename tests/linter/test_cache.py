"""Results of earlier runs: the same answers, only sooner."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from awesome_lint.linter import engine
from awesome_lint.linter.cache import ResultCache, _program, distributions
from awesome_lint.linter.settings import Settings
from awesome_lint.source import Source
from tests.environment import unmeasured
from tests.test_known_findings import commit, git

LIST = """# List

## Papers

| Title | Year |
| --- | --- |
| [Alpha](https://example.org/alpha | 2016 |
| [Beta](docs/beta.md) | 2017 |
|[Gamma](amida13.isi.uu.nl)|2018|
"""


@pytest.fixture
def cache(tmp_path: Path) -> ResultCache:
    return ResultCache(tmp_path / "results")


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "results").iterdir())


def test_a_known_result_is_the_result(cache: ResultCache, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source(LIST, "README.md")
    first = cache.lint(source, Settings(), None)
    assert first == engine.lint(engine.read(source), Settings())
    monkeypatch.setattr(engine, "lint", None)
    assert cache.lint(source, Settings(), None) == first
    renamed = cache.lint(Source(LIST, "OTHER.md"), Settings(), None)
    assert {diagnostic.path for diagnostic in renamed.diagnostics} == {"OTHER.md"}


def test_another_text_or_other_settings_are_another_result(cache: ResultCache, tmp_path: Path) -> None:
    cache.lint(Source(LIST), Settings(), None)
    cache.lint(Source(LIST + "\n"), Settings(), None)
    cache.lint(Source(LIST), Settings(ignore=frozenset({"table"})), None)
    cache.lint(Source(LIST), Settings(), lambda path: True)
    assert len(entries(tmp_path)) == 4
    cache.lint(Source(LIST), Settings(ignore=frozenset({"table"})), None)
    assert len(entries(tmp_path)) == 4


def test_files_are_looked_for_again(cache: ResultCache) -> None:
    found = cache.lint(Source(LIST), Settings(), lambda path: True)
    assert "missing-file" not in {diagnostic.rule for diagnostic in found.diagnostics}
    found = cache.lint(Source(LIST), Settings(), lambda path: False)
    assert "missing-file" in {diagnostic.rule for diagnostic in found.diagnostics}


@pytest.mark.parametrize(
    "damage", ["", "{}", "null", '{"lookups": {}, "needed": [7], "diagnostics": []}', "\0", "[" * 10**5]
)
def test_a_damaged_entry_counts_as_absent(cache: ResultCache, tmp_path: Path, damage: str) -> None:
    first = cache.lint(Source(LIST), Settings(), None)
    (entry,) = entries(tmp_path)
    entry.write_text(damage, encoding="utf-8")
    assert cache.lint(Source(LIST), Settings(), None) == first
    assert json.loads(entry.read_text(encoding="utf-8"))["diagnostics"]


@pytest.mark.parametrize("value", ["Infinity", "1e999", "-1", "9" * 400, "null", "true", "[]", "{}", "1.5", "999999"])
@pytest.mark.parametrize("key", ["span", "start", "end", "severity", "message", "fix"])
def test_an_entry_with_values_that_cannot_be_counts_as_absent(
    cache: ResultCache, tmp_path: Path, key: str, value: str
) -> None:
    source = Source(LIST, "README.md")
    result = cache.lint(source, Settings(), None)
    (entry,) = entries(tmp_path)
    whole = entry.read_text(encoding="utf-8")
    damaged = json.loads(whole)
    if isinstance(damaged["diagnostics"][0][key], list):
        damaged["diagnostics"][0][key][0] = "?"
    elif key == "fix":
        damaged["diagnostics"][0][key]["edits"][0]["span"][0] = "?"
    else:
        damaged["diagnostics"][0][key] = "?"
    entry.write_text(json.dumps(damaged).replace('"?"', value), encoding="utf-8")
    assert cache.lint(source, Settings(), None) == result
    assert entry.read_text(encoding="utf-8") == whole


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file", encoding="utf-8")
    assert ResultCache(tmp_path / "results").lint(Source(LIST), Settings(), None).diagnostics


def test_many_may_share_it(cache: ResultCache, tmp_path: Path) -> None:
    sources = [Source(f"{LIST}\n{number % 5}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda source: cache.lint(source, Settings(), None), sources))
    assert len({len(result.diagnostics) for result in results}) == 1
    assert [path.suffix for path in entries(tmp_path)] == [".json"] * 5


def test_old_entries_go_when_there_are_too_many(tmp_path: Path) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    long_ago = time.time() - 10**6
    for number in range(1_000):
        entry = folder / f"{number:064x}.json"
        entry.write_text("{}", encoding="utf-8")
        os.utime(entry, (long_ago, long_ago + number))
    ResultCache(folder).lint(Source(LIST), Settings(), None)
    left = entries(tmp_path)
    assert len(left) == 800
    assert folder / f"{0:064x}.json" not in left


def test_another_version_of_a_library_is_another_program(tmp_path: Path) -> None:
    (tmp_path / "wcwidth").mkdir()
    (tmp_path / "wcwidth-0.2.13.dist-info").mkdir()
    before = distributions(tmp_path)
    (tmp_path / "wcwidth-0.2.13.dist-info").rename(tmp_path / "wcwidth-0.2.14.dist-info")
    assert (before, distributions(tmp_path)) == (["wcwidth-0.2.13"], ["wcwidth-0.2.14"])
    site = Path(find_spec("wcwidth").origin or "").parent.parent  # type: ignore[union-attr] # it is installed
    assert any(name.startswith("wcwidth-") for name in distributions(site))


def test_the_program_is_looked_at_once_a_run(cache: ResultCache, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned: list[str] = []
    scandir = os.scandir

    def noting(folder: str | os.PathLike[str]) -> Any:
        scanned.append(os.fspath(folder))
        return scandir(folder)

    _program.cache_clear()
    monkeypatch.setattr(os, "scandir", noting)
    for number in range(5):
        cache.holds(Source(f"{LIST}{number}"), Settings(), knows_files=False)
    assert len([folder for folder in scanned if folder.endswith("awesome_lint")]) == 1


@pytest.mark.parametrize(
    "arguments", [["--version"], ["README.md", "--exit-zero"], ["README.md", "--exit-zero", "--since", "HEAD"]]
)
def test_a_known_result_starts_no_parser(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "README.md").write_text(LIST, encoding="utf-8")
    if "--since" in arguments:
        git(tmp_path, "init", "--quiet")
        commit(tmp_path, "base")
        (tmp_path / "README.md").write_text(LIST + "\n- [Delta]()\n", encoding="utf-8")
    environment = unmeasured(XDG_CACHE_HOME=str(tmp_path / "cache"))
    code = (
        "import sys\nfrom awesome_lint.cli import main\n"
        "try:\n    main()\n"
        "finally:\n    heavy = {'awesome_lint.markdown.parser', 'httpx', 'asyncio'}\n"
        "    print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    for expected in (["['awesome_lint.markdown.parser']", "[]"], ["[]"])["--version" in arguments]:
        run = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stderr.splitlines()[-1] == expected
