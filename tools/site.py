"""The site of the documentation: built, served, and taken pictures of.

``python tools/site.py`` takes new pictures of three pages at two widths, for ``docs/images/``: to be looked at after
a change of the theme or of the first page. It needs Chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.browser import browser  # noqa: E402

_IMAGES = ROOT / "docs" / "images"
_PICTURES = {"start": "", "rule": "rules/column-count/", "protect": "protect/"}
"""The pages that pictures are taken of, by the names of the pictures."""
_LOOKS = ((400, "dark"), (1200, "light"))


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *args: object) -> None:
        pass


def build(folder: Path) -> None:
    """Build the site into *folder*; :class:`subprocess.CalledProcessError` if mkdocs finds a fault, as a dead link."""
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address where *folder* is served on this machine, with a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def main() -> int:
    """Take the pictures, those of a page that is made from a list included; 0 when they are written."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        site = Path(folder) / "site"
        build(site)
        with served(site) as address:
            for width, scheme in _LOOKS:
                # The site keeps the scheme of the first visit, so each scheme is looked at by a visitor of its own.
                with browser(Path(folder) / scheme) as page:
                    page.resize(width)
                    page.prefer(scheme)
                    for name, path in _PICTURES.items():
                        page.open(address + path)
                        (_IMAGES / f"{name}-{width}.webp").write_bytes(page.picture())
        picture_of_export(Path(folder))
    return 0


def picture_of_export(folder: Path) -> None:
    """Take the picture of what ``export --format html`` makes of the example, with *folder* for what is in between."""
    page = folder / "papers.html"
    command = [sys.executable, "-m", "awesome_lint", "export", "--format", "html", "--output", str(page)]
    subprocess.run([*command, "examples/papers.md"], cwd=ROOT, check=True)
    with browser(folder / "export") as window:
        window.resize(900, 500)
        window.prefer("light")
        window.open(page.as_uri())
        (_IMAGES / "export-page.webp").write_bytes(window.picture())


if __name__ == "__main__":
    sys.exit(main())
