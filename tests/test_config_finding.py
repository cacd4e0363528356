"""Which configuration is treated as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from awesome_lint.config.finding import (
    FILE_NAME,
    ConfigurationError,
    find_configuration,
    read_configuration,
)
from awesome_lint.config.loading import load
from awesome_lint.files.reading import UnusableFileError


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository within a folder that has a configuration, which is none of its business."""
    (tmp_path / FILE_NAME).write_text('ignore = ["link"]')
    top = tmp_path / "top"
    (top / ".git").mkdir(parents=True)
    (top / "docs" / "deep").mkdir(parents=True)
    return top


def found_in(folder: Path) -> Path | None:
    found = find_configuration(folder)
    return found.folder if found else None


def test_the_nearest_configuration_counts(repository: Path) -> None:
    deep = repository / "docs" / "deep"
    assert found_in(deep) is None
    (repository / FILE_NAME).touch()
    assert found_in(deep) == repository
    (repository / "docs" / "pyproject.toml").write_text("[tool.other]")
    assert found_in(deep) == repository
    (repository / "docs" / "pyproject.toml").write_text("[tool.awesome-lint]")
    assert found_in(deep) == repository / "docs"
    (repository / "docs" / FILE_NAME).touch()
    found = find_configuration(deep)
    assert found
    assert found.section == ()


def test_without_a_repository_all_folders_are_searched(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / FILE_NAME).touch()
    assert found_in(tmp_path / "a" / "b") == tmp_path


def test_project_file(repository: Path) -> None:
    file = repository / "pyproject.toml"
    file.write_text('[project]\nname = "x"\n\n[tool.awesome-lint]\nignore = ["table", "lnik"]\n')
    with pytest.raises(ConfigurationError, match=r'pyproject.toml:5:20: ignore: there is no rule or group "lnik"'):
        load(read_configuration(file))
    file.write_text('[project]\nname = "awesome-lint"\n')
    with pytest.raises(UnusableFileError, match=r"has no section \[tool.awesome-lint\]"):
        read_configuration(file)
    assert found_in(repository) is None
    file.write_text("tool = 3 # awesome-lint")
    assert found_in(repository) is None
    file.write_text("[[this is no TOML")
    assert found_in(repository) is None
    file.write_text("[[this is no TOML\n[tool.awesome-lint]")
    with pytest.raises(ConfigurationError, match="is not valid TOML"):
        find_configuration(repository)


def test_line_endings_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes('\ufeffignore = [\r\n  "lnik",\r\n]\r\n'.encode())
    with pytest.raises(ConfigurationError, match=r":2:3: ignore: there is no rule"):
        load(read_configuration(file))


@pytest.mark.parametrize(
    ("data", "message"), [(b"\xff\xfe", "is not UTF-8"), (b"#" * (2**20 + 1), "is larger than 1 MB")]
)
def test_unusable_files(tmp_path: Path, data: bytes, message: str) -> None:
    (tmp_path / FILE_NAME).write_bytes(data)
    with pytest.raises(UnusableFileError, match=message):
        find_configuration(tmp_path)
