"""Files are written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from awesome_lint.files.reading import UnusableFileError
from awesome_lint.files.writing import write_atomically
from tests.environment import unmeasured

KILLS = int(os.environ.get("AWESOME_LINT_KILLS", "40"))
"""How often a writing process is killed."""
OLD, NEW = b"old\n" * 300_000, b"the new content\n" * 100_000
ENDLESS = """
import sys
from pathlib import Path
from awesome_lint.files.writing import write_atomically
path, old, new = Path(sys.argv[1]), b"old\\n" * 300_000, b"the new content\\n" * 100_000
print("ready", flush=True)
while True:
    write_atomically(path, new, expected=old)
    write_atomically(path, old, expected=new)
"""

as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may give files away")
on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and modes")


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.suffix == ".tmp"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "README.md"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def test_content_is_replaced(file: Path) -> None:
    write_atomically(file, NEW)
    assert file.read_bytes() == NEW
    assert leftovers(file.parent) == []


@on_posix
def test_a_new_file_has_the_mode_of_a_new_file(tmp_path: Path) -> None:
    write_atomically(tmp_path / "ours", b"x")
    (tmp_path / "theirs").write_bytes(b"x")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


@on_posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o666])
def test_the_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    write_atomically(file, NEW)
    assert file.stat().st_mode & 0o7777 == mode


@as_root
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 1234, 4321)
    write_atomically(file, NEW)
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)


@on_posix
def test_a_symbolic_link_stays_one(file: Path) -> None:
    folder = file.parent / "docs"
    folder.mkdir()
    (folder / "second.md").symlink_to("../README.md")
    (file.parent / "first.md").symlink_to("docs/second.md")
    write_atomically(file.parent / "first.md", NEW)
    assert (file.parent / "first.md").is_symlink()
    assert (folder / "second.md").is_symlink()
    assert file.read_bytes() == NEW
    assert leftovers(folder) == leftovers(file.parent) == []


def test_the_longest_name(tmp_path: Path) -> None:
    path = tmp_path / ("表" * 80)
    path.write_bytes(OLD)
    write_atomically(path, NEW)
    assert path.read_bytes() == NEW


def test_an_edit_made_meanwhile_is_not_overwritten(file: Path) -> None:
    with pytest.raises(UnusableFileError, match=r"README\.md: cannot be written: it has changed in the meantime"):
        write_atomically(file, NEW, expected=b"what was read")
    assert file.read_bytes() == OLD
    assert leftovers(file.parent) == []


def test_a_file_that_has_gone_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="cannot be written: no such file"):
        write_atomically(tmp_path / "README.md", NEW, expected=OLD)
    assert list(tmp_path.iterdir()) == []


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="cannot be written: is a directory"):
        write_atomically(tmp_path, NEW)
    with pytest.raises(UnusableFileError, match="cannot be written: it is not a regular file"):
        write_atomically(tmp_path, NEW, expected=OLD)


def run(code: str, *arguments: object) -> None:
    """Run *code* in a process of its own; it has to end well."""
    imports = "import os, sys\nfrom pathlib import Path\nfrom awesome_lint.files.writing import write_atomically\n"
    command = [sys.executable, "-c", imports + code, *map(str, arguments)]
    subprocess.run(command, env=unmeasured(), check=True, timeout=60)


REFUSED = """
try:
    write_atomically(Path(sys.argv[1]), b"the new content")
except Exception as error:
    assert type(error).__name__ == "UnusableFileError", error
    assert sys.argv[2] in str(error), error
else:
    sys.exit("it was written")
"""
WITHOUT_PRIVILEGES = "if os.geteuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)\n"


@on_posix
def test_a_read_only_file(open_folder: Path) -> None:
    file = open_folder / "README.md"
    file.write_bytes(OLD)
    file.chmod(0o444)
    run(WITHOUT_PRIVILEGES + REFUSED, file, "cannot be written: it is read-only")
    assert file.read_bytes() == OLD
    assert leftovers(open_folder) == []


@on_posix
def test_a_read_only_folder(open_folder: Path) -> None:
    file = open_folder / "README.md"
    file.write_bytes(OLD)
    file.chmod(0o666)
    open_folder.chmod(0o555)
    run(WITHOUT_PRIVILEGES + REFUSED, file, "cannot be written: permission denied")
    open_folder.chmod(0o777)
    assert file.read_bytes() == OLD


@as_root
def test_a_file_of_another_user(open_folder: Path) -> None:
    file = open_folder / "README.md"
    file.write_bytes(OLD)
    file.chmod(0o666)
    run(WITHOUT_PRIVILEGES + REFUSED, file, "cannot be written: operation not permitted")
    assert file.read_bytes() == OLD
    assert file.stat().st_uid == 0
    assert leftovers(open_folder) == []


@on_posix
def test_no_room_for_the_new_content(file: Path) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    run(limit + REFUSED, file, "cannot be written: file too large")
    assert file.read_bytes() == OLD
    assert leftovers(file.parent) == []


def start_writing(file: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(file)],
        env=unmeasured(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    return process


@pytest.mark.slow
@on_posix
def test_killed_at_any_moment(file: Path) -> None:
    seen = set()
    for _ in range(KILLS):
        with start_writing(file) as process:
            time.sleep(random.uniform(0, 0.02))
            process.kill()
        content = file.read_bytes()
        assert content in (OLD, NEW)
        seen.add(content)
        file.write_bytes(OLD)
    assert len(seen) == 2 or KILLS < 20


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_at_any_moment(file: Path, request_to_stop: signal.Signals) -> None:
    for _ in range(max(5, KILLS // 4)):
        with start_writing(file) as process:
            time.sleep(random.uniform(0, 0.02))
            process.send_signal(request_to_stop)
            process.wait(timeout=30)
        assert file.read_bytes() in (OLD, NEW)
        assert leftovers(file.parent) == []
        file.write_bytes(OLD)
