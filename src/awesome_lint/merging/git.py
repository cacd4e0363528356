"""git, as far as merging needs it."""

from __future__ import annotations

import subprocess
from pathlib import Path

_TIMEOUT = 60


class MergeError(Exception):
    """Why texts could not be merged, in one line."""


def git(folder: Path, *arguments: str, most: int = 0) -> subprocess.CompletedProcess[bytes]:
    """Run git in *folder* to its end; raises `MergeError` where its exit code is above *most*, or it cannot run."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise MergeError("git is not installed, and merging needs it") from None
    except subprocess.TimeoutExpired:
        raise MergeError(f"git {arguments[0]} did not answer within {_TIMEOUT} seconds") from None
    if not 0 <= done.returncode <= most:
        raise MergeError(f"git {arguments[0]}: {' '.join(done.stderr.decode('utf-8', 'replace').split()) or 'failed'}")
    return done
