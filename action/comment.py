"""The step of the GitHub Action that keeps one comment on a pull request up to date.

The comment is the one that begins with a hidden mark and was written by a bot or by the owner of the token.  Its text
comes from a file that may have been made by a workflow of a fork, so it is taken only if it has the form of a report of
awesome-lint, in which nothing acts: no link, no image, no HTML, no mention.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPException, responses
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

_MARK = "<!-- awesome-lint -->\n"
_NOTHING_LEFT = "## awesome-lint\n\nNo findings any more.\n"
_MOST_CHARACTERS = 65_536  # GitHub refuses a longer comment
_MOST_BYTES = 4 * _MOST_CHARACTERS
_MOST_PAGES = 100
_TRIES = 3
_LONGEST_WAIT = 30.0
_TIMEOUT = 30.0

_ACTING = r"\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
_ATOM = (
    rf"(?:[^{_ACTING}\t\\`*_\[\]#!|~<>&@:$.-]"
    r"|:(?= |$)|(?<!www)\.|-(?!\d)|(?<!\bGH)-(?=\d)"
    r"|&#(?:33|36|38|42|46|58|60|62|91|92|93|95|96|124|126);"
    r"|&#(?:35|45|64);&#8203;)"
)
_LINE = re.compile(rf"(?:#{{2,4}} )?{_ATOM}*+|\|(?:{_ATOM}|\|)*+", re.IGNORECASE)
_FENCE = re.compile(r"(`{3,})markdown")
_ACTS = re.compile(f"[{_ACTING}]")


class InputError(Exception):
    """An input of the action that makes no sense."""


class ApiError(Exception):
    """What GitHub answered instead of doing what it was asked; *status* is 0 where it did not answer."""

    def __init__(self, status: int, wait: float | None = None) -> None:
        super().__init__(f"GitHub answered {status} {responses.get(status, '')}".rstrip() if status else "no answer")
        self.status = status
        self.wait = wait
        """After how many seconds the same may succeed; None if it never will."""


class _NoRedirects(HTTPRedirectHandler):
    """A redirect would take the token elsewhere; without one, it is an answer like any other."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none."""


class Api:
    """GitHub's REST API, asked with *token*."""

    def __init__(self, root: str, token: str) -> None:
        self._root = root
        self._token = token
        self._opener = build_opener(_NoRedirects)

    def ask(self, method: str, path: str, data: Mapping[str, str] | None = None) -> tuple[Any, bool]:
        """The answer as data, None if it has none, and whether a further page follows.

        Raises `ApiError`.
        """
        body = None if data is None else json.dumps(data).encode()
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "User-Agent": "awesome-lint",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        request = Request(f"{self._root}{path}", body, headers, method=method)
        try:
            with self._opener.open(request, timeout=_TIMEOUT) as answer:
                content = answer.read()
                return json.loads(content) if content else None, 'rel="next"' in answer.headers.get("Link", "")
        except HTTPError as error:
            with error:
                raise ApiError(error.code, _wait(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise ApiError(0, 1) from error

    def pages(self, path: str, **query: str) -> Iterator[Any]:
        """The items of all pages.

        Raises `ApiError`.
        """
        for page in range(1, _MOST_PAGES + 1):
            items, has_more = self.ask("GET", f"{path}?{urlencode({**query, 'per_page': 100, 'page': page})}")
            yield from items
            if not has_more:
                return


def _wait(error: HTTPError) -> float | None:
    """How long to wait before the request that met *error* is made again; None where that is of no use."""
    after = error.headers.get("Retry-After", "")
    if error.code >= 500 or error.code == 429 or (error.code == 403 and after):
        seconds = float(after) if after.isdecimal() else 1.0
        return seconds if seconds <= _LONGEST_WAIT else None
    return None


def comment(env: Mapping[str, str]) -> str:
    """Write the text of the file into the comment on the pull request; what was done, in a few words.

    A run that begins anew after a failure looks for the comment again: it may have been written before the failure.
    Raises `InputError` and `ApiError`.
    """
    token = env.get("INPUT_TOKEN", "").strip()
    if not token:
        raise InputError("a comment needs a token")
    text = _read(env.get("INPUT_FILE", ""))
    api = Api(env.get("GITHUB_API_URL") or "https://api.github.com", token)
    event = json.loads(Path(env["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    repository = f"/repos/{quote(env['GITHUB_REPOSITORY'])}"
    for attempt in range(1, _TRIES + 1):
        try:
            number = _pull_request(api, repository, event)
            return "no open pull request to comment on" if number is None else _publish(api, repository, number, text)
        except ApiError as error:
            if error.wait is None or attempt == _TRIES:
                raise
            time.sleep(error.wait * attempt)
    raise AssertionError("the last attempt returns or raises")


def _read(file: str) -> str:
    """The text of *file*, which must be a report and no link to another file."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(descriptor, "rb") as stream:
            text = stream.read(_MOST_BYTES + 1).decode()
    except (OSError, ValueError) as error:
        raise InputError("the text of the comment cannot be read") from error
    if len(_MARK) + len(text) > _MOST_CHARACTERS:
        raise InputError("the text is too long for a comment")
    if not is_inert(text):
        raise InputError("the text of the comment does not have the form of a report of awesome-lint")
    return text


def is_inert(text: str) -> bool:
    """Whether *text* is Markdown of headings, tables, plain text and whole blocks of code, and nothing in it acts."""
    fence = ""
    for line in text.split("\n"):
        if fence:
            if line == fence:
                fence = ""
            elif fence in line or _ACTS.search(line):
                return False
        elif opening := _FENCE.fullmatch(line):
            fence = opening[1]
        elif not _LINE.fullmatch(line):
            return False
    return not fence


def _pull_request(api: Api, repository: str, event: Mapping[str, Any]) -> int | None:
    """The number of the pull request that *event* is about, None without one.

    The event of a workflow that follows another does not name pull requests from forks.  It is found by its branch, and
    counts only while it stands at the commit that was checked.
    """
    if "pull_request" in event:
        return int(event["pull_request"]["number"])
    run = event.get("workflow_run")
    if not run or not run.get("head_repository"):
        return None
    head = f"{run['head_repository']['owner']['login']}:{run['head_branch']}"
    found = [
        int(each["number"])
        for each in api.pages(f"{repository}/pulls", state="open", head=head)
        if each["head"]["sha"] == run["head_sha"]
        and (each["head"]["repo"] or {}).get("id") == run["head_repository"]["id"]
    ]
    return found[0] if len(found) == 1 else None


def _publish(api: Api, repository: str, number: int, text: str) -> str:
    comments = f"{repository}/issues/{number}/comments"
    own = _own_comment(api, comments)
    if own is None:
        if not text:
            return "nothing to say"
        created, _ = api.ask("POST", comments, {"body": _MARK + text})
        own = _own_comment(api, comments)
        if own is None or own["id"] == created["id"]:
            return "commented"
        # Another run has found none at the same time, and was first: one of the two is too many.
        api.ask("DELETE", f"{repository}/issues/comments/{created['id']}")
    body = _MARK + (text or _NOTHING_LEFT)
    if own["body"].replace("\r\n", "\n").rstrip() == body.rstrip():
        return "the comment says this already"
    try:
        api.ask("PATCH", f"{repository}/issues/comments/{own['id']}", {"body": body})
    except ApiError as error:
        if error.status == 404:  # somebody has deleted it since it was listed
            error.wait = 0
        raise
    return "updated the comment"


def _own_comment(api: Api, path: str) -> Mapping[str, Any] | None:
    """The first comment that begins with the mark and that a bot or the owner of the token has written."""
    login = None
    for each in api.pages(path):
        author = each["user"] or {}
        if not (each["body"] or "").replace("\r\n", "\n").startswith(_MARK):
            continue
        if author.get("type") == "Bot":
            return dict(each)
        login = _login(api) if login is None else login
        if login and author.get("login") == login:
            return dict(each)
    return None


def _login(api: Api) -> str:
    """Who owns the token; empty for the token of a job, which is an app's and may not ask."""
    try:
        return str(api.ask("GET", "/user")[0]["login"])
    except ApiError as error:
        if error.status == 403:
            return ""
        raise


def main() -> int:
    """Comment, and say what was done; what GitHub refuses fails no job, as the check has its own verdict."""
    try:
        print(f"awesome-lint: {comment(os.environ)}")
    except InputError as error:
        print(f"::error title=awesome-lint::{error}")
        return 2
    except ApiError as error:
        if error.status == 403:
            print(
                "::notice title=awesome-lint::No comment on the pull request: the token may not write one, as is usual "
                "for pull requests from forks; the findings are in the summary of the job"
            )
        else:
            print(f"::warning title=awesome-lint::No comment on the pull request: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
