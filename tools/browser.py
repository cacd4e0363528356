"""A headless Chromium, spoken to over two pipes in the DevTools protocol: no port, no driver, no other package.

The protocol: https://chromedevtools.github.io/devtools-protocol/.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
"""The browser's path, or None if there is none."""

_LIMIT = 60_000
"""Milliseconds after which a script of a page is given up: far more than any needs, so that nothing hangs."""


class Browser:
    """One page of a running browser."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = os.fdopen(answers, "rb")
        self._number = 0
        self._session: str | None = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable")

    def open(self, url: str) -> None:
        """Go to *url*, and wait until the page and what it names have been loaded."""
        self._call("Page.navigate", url=url)
        while self._read().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """The value of the expression *script* in the page, awaited; :class:`RuntimeError` if it throws."""
        options = {"awaitPromise": True, "returnByValue": True, "timeout": _LIMIT}
        answer = self._call("Runtime.evaluate", expression=script, **options)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def resize(self, width: int, height: int = 800) -> None:
        """Make the page *width* by *height* CSS pixels."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def prefer(self, scheme: str) -> None:
        """Ask pages for the colour scheme "light" or "dark"."""
        self._call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self) -> bytes:
        """What the page shows, as WebP."""
        return base64.b64decode(self._call("Page.captureScreenshot", format="webp", quality=80)["data"])

    def close(self) -> None:
        """End the browser."""
        self._session = None
        self._call("Browser.close")
        self._answers.close()
        os.close(self._commands)

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self) -> dict[str, Any]:
        """The next message of the browser; :class:`EOFError` if it has ended."""
        parts = bytearray()
        while (byte := self._answers.read(1)) != b"\0":
            if not byte:
                raise EOFError("the browser has ended")
            parts += byte
        message: dict[str, Any] = json.loads(parts)
        return message


@contextmanager
def browser(profile: Path) -> Iterator[Browser]:
    """A browser that keeps what it writes in the folder *profile*; :class:`FileNotFoundError` if there is none."""
    if not PROGRAM:
        raise FileNotFoundError("Chromium is not installed")
    read_commands, write_commands = os.pipe()
    read_answers, write_answers = os.pipe()
    # The browser reads commands from descriptor 3 and writes answers to 4.
    command = f'exec "$@" 3<&{read_commands} 4>&{write_answers}'
    options = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
    ]
    process = subprocess.Popen(
        ["/bin/bash", "-c", command, "browser", PROGRAM, *options],
        pass_fds=(read_commands, write_answers),
        stderr=subprocess.DEVNULL,
    )
    os.close(read_commands)
    os.close(write_answers)
    try:
        page = Browser(write_commands, read_answers)
        yield page
        page.close()
    finally:
        process.kill()
        process.wait()
