"""Options and fixtures of all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected blocks of tests/rules/*.md anew")


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    """Whether to write expected results instead of comparing them."""
    return bool(pytestconfig.getoption("--update"))


def _folder(variable: str) -> Path:
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} does not name a folder")
    return Path(value)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real READMEs."""
    return _folder("AWESOME_LINT_CORPUS")


@pytest.fixture(scope="session")
def mission() -> Path:
    """The folder of the damaged list that the project was started for."""
    return _folder("AWESOME_LINT_MISSION")
