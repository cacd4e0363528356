"""Running the program in the tests: in this process where only its answers matter, else in one of its own."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from awesome_lint.cli import main

Done = subprocess.CompletedProcess[bytes]

_LOOKS = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM")
"""What the environment of the tests must not decide."""


def run(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the program in *cwd*, within this process."""
    words = [*map(str, arguments)]
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd):
        for name in _LOOKS:
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["awesome-lint", *words])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as end:
            main()
    code = end.value.code or 0
    assert isinstance(code, int)
    return subprocess.CompletedProcess(words, code, *map(_written, streams[1:]))


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


def run_process(*arguments: str | Path, cwd: Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the program in *cwd*, in a process of its own: for what the interpreter decides, such as encodings."""
    inherited = {name: value for name, value in os.environ.items() if name not in _LOOKS}
    command = [sys.executable, "-m", "awesome_lint", *map(str, arguments)]
    env = {**inherited, **environment}
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False, timeout=120, env=env)


def complaint(done: Done) -> str:
    """The only line on standard error of a run that could not do its job."""
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    return line
