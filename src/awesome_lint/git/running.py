"""Running git: no hooks, no pager, no file system monitor of the repository's choosing run with it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_QUIET = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "--no-pager", "--literal-pathspecs")
_TIMEOUT = 60


class GitError(Exception):
    """What git cannot do or does not know, and what to do about it, in one line."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in *folder* to its end, whatever its exit code; raises `GitError` if it cannot run."""
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *_QUIET, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise GitError("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} did not answer within {_TIMEOUT} seconds") from None


def output(folder: Path, *arguments: str) -> str:
    """What git prints in *folder*, without the last line feed; raises `GitError` if it fails."""
    done = run(folder, *arguments)
    if done.returncode:
        raise failure(arguments[0], done)
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def failure(command: str, done: subprocess.CompletedProcess[bytes]) -> GitError:
    """The error of a git *command* that has failed, with what git says about it."""
    said = " ".join(done.stderr.decode("utf-8", "replace").split()).removeprefix("fatal: ")
    return GitError(f"git {command}: {said or f'failed with exit code {done.returncode}'}")
