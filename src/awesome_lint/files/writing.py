"""Writing files whole or not at all.

The new content goes into a temporary file beside the target, is flushed to the disk and then renamed over it, so that
at every moment the name leads either to the old content or to the new.
"""

from __future__ import annotations

import os
import secrets
import signal
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from awesome_lint.files.reading import UnusableFileError, reason


def write_atomically(path: Path, data: bytes, expected: bytes | None = None) -> None:
    """Put *data* into the file at *path*, whole or not at all; raises `UnusableFileError`.

    The file keeps its mode and owner, and a symbolic link stays one.  With *expected* the file is only written
    where it still holds that, so that an edit made meanwhile is not lost.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not target.is_file() and expected is None:
            target.write_bytes(data)  # nothing can take the place of a pipe or device; a folder raises here
        else:
            with _uninterrupted():
                _replace(target, data, expected)
    except (OSError, ValueError) as error:
        raise UnusableFileError(f"{path}: cannot be written: {reason(error)}") from None


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let requests to stop wait, or else the temporary file could be left over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    old = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old)


def _replace(target: Path, data: bytes, expected: bytes | None) -> None:
    old = target.stat() if target.exists() else None
    if old and not stat.S_ISREG(old.st_mode):
        raise OSError("it is not a regular file")
    if old and not os.access(target, os.W_OK):
        raise PermissionError("it is read-only")  # renaming needs rights in the folder only
    temporary = target.with_name(f".awesome-lint.{secrets.token_hex(8)}.tmp")
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with open(os.open(temporary, flags, 0o600 if old else 0o666), "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if old:
            _restore_owner_and_mode(temporary, old)
        if expected is not None and target.read_bytes() != expected:
            raise OSError("it has changed in the meantime")
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(target.parent)


def _restore_owner_and_mode(path: Path, old: os.stat_result) -> None:
    now = path.stat()
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (now.st_uid, now.st_gid):
        os.chown(path, old.st_uid, old.st_gid)
    path.chmod(stat.S_IMODE(old.st_mode))


def _flush_folder(folder: Path) -> None:
    """Bring the new name to the disk, too; where a system cannot do that, the file is whole all the same."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
