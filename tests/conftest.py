"""Options and fixtures of all tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in each run, unless it is told to look further: a pull request should fail for its own faults.
_EXAMPLES = os.environ.get("AWESOME_LINT_EXAMPLES")
settings.register_profile(
    "awesome-lint", max_examples=int(_EXAMPLES or "100"), derandomize=_EXAMPLES is None, deadline=None
)
settings.load_profile("awesome-lint")

_CORPUS = os.environ.get("AWESOME_LINT_CORPUS")
_REAL_LISTS: list[Path | None] = [*sorted(Path(_CORPUS).glob("*.md"))] if _CORPUS else [None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite the expected blocks of tests/rules/*.md")


def pytest_configure() -> None:
    """Hear requests to stop, in the tests' processes too: a background shell or nohup has switched them off."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(tryfirst=True)  # before -m selects
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that try many generated inputs are slow."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the results of the tests' own runs out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


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


@pytest.fixture(params=_REAL_LISTS, ids=lambda path: path.stem if path else "no corpus")
def real_list(request: pytest.FixtureRequest) -> Path:
    """Each real README in turn."""
    if request.param is None:
        pytest.skip("AWESOME_LINT_CORPUS does not name a folder of READMEs")
    path: Path = request.param
    return path
