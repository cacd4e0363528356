"""The action's comment on a pull request: one, kept up to date, and inert whatever a list contains."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from html import unescape
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import cmarkgfm
import pytest
import yaml
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.diagnostic import Applicability, Edit, FileFindings, Fix, Severity
from awesome_lint.report import comment
from awesome_lint.source import Source, Span
from tests.github_api import BOT, REPOSITORY, Failure, GitHub, serving
from tests.test_action import load_script, run_as_github_does
from tests.test_reports import HOSTILE, finding

ROOT = Path(__file__).parent.parent
NAME = "Comment on the pull request"
MARK = "<!-- awesome-lint -->\n"
TEXT = "## awesome-lint\n\n1 error.\n"
OWN_COMMENT = {"login": "keeper", "type": "User"}
POST = f"POST {REPOSITORY}/issues/7/comments"
PULL_REQUEST = {"pull_request": {"number": 7}}
RUN = {
    "head_branch": "more papers",
    "head_sha": "c0ffee",
    "head_repository": {"id": 2, "owner": {"login": "contributor"}},
    "pull_requests": [],
}

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


@pytest.fixture
def github() -> Iterator[GitHub]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return load_script("comment")


def step(action: Path = ROOT / "action.yml") -> dict[str, Any]:
    (found,) = (
        each for each in yaml.safe_load(action.read_text(encoding="utf-8"))["runs"]["steps"] if each["name"] == NAME
    )
    return dict(found)


def run(
    github: GitHub,
    folder: Path,
    text: str,
    event: Any = PULL_REQUEST,
    action: Path = ROOT / "action.yml",
    **inputs: str,
) -> tuple[int, str]:
    """The exit code and the log of the step that comments with *text*, run as GitHub does."""
    (folder / "comment.md").write_text(text, encoding="utf-8")
    (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
    assert set(step(action)["env"]) == {"PYTHON", "INPUT_FILE", "INPUT_TOKEN"}
    environment = {
        "no_proxy": "127.0.0.1",
        "PYTHON": sys.executable,
        "GITHUB_ACTION_PATH": str(action.parent),
        "GITHUB_API_URL": github.root,
        "GITHUB_EVENT_PATH": str(folder / "event.json"),
        "GITHUB_REPOSITORY": "owner/list",
        "INPUT_FILE": inputs.get("file", "comment.md"),
        "INPUT_TOKEN": inputs.get("token", "secret"),
    }
    code, log = run_as_github_does(step(action), folder, environment)
    assert "secret" not in log
    assert "Traceback" not in log
    assert github.authorizations <= {"Bearer secret"}
    return code, log


@needs_bash
@pytest.mark.slow
class TestProcess:
    @pytest.mark.parametrize("action", [ROOT / "action.yml", ROOT / "comment" / "action.yml"], ids=["own", "follows"])
    def test_one_comment_is_written_updated_and_settled(self, github: GitHub, tmp_path: Path, action: Path) -> None:
        assert run(github, tmp_path, "", action=action) == (0, "awesome-lint: nothing to say\n")
        assert github.comments == []
        assert run(github, tmp_path, TEXT, action=action) == (0, "awesome-lint: commented\n")
        assert [each["body"] for each in github.comments] == [MARK + TEXT]
        assert run(github, tmp_path, TEXT, action=action) == (0, "awesome-lint: the comment says this already\n")
        other = TEXT.replace("1 error", "2 errors")
        assert run(github, tmp_path, other, action=action) == (0, "awesome-lint: updated the comment\n")
        assert [each["body"] for each in github.comments] == [MARK + other]
        run(github, tmp_path, "", action=action)
        run(github, tmp_path, "", action=action)
        assert [each["body"] for each in github.comments] == [f"{MARK}## awesome-lint\n\nNo findings any more.\n"]
        assert len(github.writes) == 3

    def test_the_comment_is_found_among_many(self, github: GitHub, tmp_path: Path) -> None:
        for number in range(250):
            github.add(f"comment {number}", {"login": "reader", "type": "User"})
        own = github.add(MARK.replace("\n", "\r\n") + "old")
        run(github, tmp_path, TEXT)
        assert (own["body"], len(github.comments)) == (MARK + TEXT, 251)

    @pytest.mark.parametrize(
        ("body", "author"),
        [
            (MARK + "old", {"login": "stranger", "type": "User"}),
            (MARK + "old", None),
            (f"> {MARK}old", BOT),
            ("a bot that says\n" + MARK, BOT),
            (None, BOT),
        ],
    )
    def test_comments_of_others_are_left_alone(
        self, github: GitHub, tmp_path: Path, body: str | None, author: dict[str, str] | None
    ) -> None:
        github.add(body, author)
        run(github, tmp_path, TEXT)
        assert [each["body"] for each in github.comments] == [body, MARK + TEXT]

    @pytest.mark.parametrize("owner", [OWN_COMMENT, BOT], ids=["own", "bot"])
    def test_the_owner_of_a_token_keeps_one_comment_too(
        self, github: GitHub, tmp_path: Path, owner: dict[str, str]
    ) -> None:
        github.user = OWN_COMMENT
        github.add(MARK + "copied", {"login": "stranger", "type": "User"})
        own = github.add(MARK + "old", owner)
        run(github, tmp_path, TEXT)
        assert (own["body"], len(github.comments)) == (MARK + TEXT, 2)

    @pytest.mark.parametrize("method", ["POST", "PATCH", "GET"])
    def test_a_token_that_may_only_read_gives_a_notice(self, github: GitHub, tmp_path: Path, method: str) -> None:
        path = "/comments"
        if method == "PATCH":
            github.add(MARK + "old")
            path = "/comments/1"
        github.failures = [Failure(method, path, 403)]
        code, log = run(github, tmp_path, TEXT)
        assert code == 0
        assert re.fullmatch(r"::notice title=awesome-lint::.* from forks; .*\n", log)
        assert len(github.writes) == (method != "GET")

    @pytest.mark.parametrize("status", [301, 401, 404, 410, 422])
    def test_a_refusal_is_a_warning_and_is_not_asked_again(self, github: GitHub, tmp_path: Path, status: int) -> None:
        github.failures = [Failure("POST", "/comments", status, {"Location": f"{github.root}/elsewhere"})]
        code, log = run(github, tmp_path, TEXT)
        assert code == 0
        assert re.fullmatch(rf"::warning title=awesome-lint::.*GitHub answered {status}\b.*\n", log)
        assert github.writes == [POST]

    @pytest.mark.parametrize(
        ("status", "headers"),
        [(500, {}), (502, {}), (503, {"Retry-After": "0"}), (429, {}), (403, {"Retry-After": "1"})],
    )
    def test_what_passes_is_tried_again(
        self, github: GitHub, tmp_path: Path, status: int, headers: dict[str, str]
    ) -> None:
        github.failures = [Failure("POST", "/comments", status, headers), Failure("GET", "/comments", status, headers)]
        assert run(github, tmp_path, TEXT) == (0, "awesome-lint: commented\n")
        assert len(github.comments) == 1

    def test_a_comment_that_was_written_before_the_failure_is_not_repeated(
        self, github: GitHub, tmp_path: Path
    ) -> None:
        github.failures = [Failure("POST", "/comments", 502, carried_out=True)]
        assert run(github, tmp_path, TEXT) == (0, "awesome-lint: the comment says this already\n")
        assert len(github.comments) == 1

    def test_of_two_runs_at_once_one_takes_its_comment_back(self, github: GitHub, tmp_path: Path) -> None:
        github.rivals = [MARK + "of the other run"]
        assert run(github, tmp_path, TEXT) == (0, "awesome-lint: updated the comment\n")
        assert [(each["id"], each["body"]) for each in github.comments] == [(1, MARK + TEXT)]
        assert github.writes[1:] == [
            f"{verb} {REPOSITORY}/issues/comments/{n}" for verb, n in [("DELETE", 2), ("PATCH", 1)]
        ]

    def test_a_comment_that_is_deleted_meanwhile_is_written_anew(self, github: GitHub, tmp_path: Path) -> None:
        github.add(MARK + "old")
        github.failures = [Failure("PATCH", "/comments/1", 404, cleared=True)]
        assert run(github, tmp_path, TEXT) == (0, "awesome-lint: commented\n")
        assert [each["body"] for each in github.comments] == [MARK + TEXT]

    def test_a_server_that_stays_down_is_asked_three_times(self, github: GitHub, tmp_path: Path) -> None:
        github.failures = [Failure("GET", "/comments", 500, {"Retry-After": "0"}) for _ in range(9)]
        code, log = run(github, tmp_path, TEXT)
        assert (code, log.startswith("::warning "), len(github.requests)) == (0, True, 3)

    def test_a_long_wait_is_not_waited_for(self, github: GitHub, tmp_path: Path) -> None:
        github.failures = [Failure("GET", "/comments", 429, {"Retry-After": "3600"})]
        code, log = run(github, tmp_path, TEXT)
        assert (code, "429" in log, len(github.requests)) == (0, True, 1)

    @pytest.mark.parametrize(
        ("pulls", "is_found"),
        [
            ([(7, "c0ffee", 2)], True),
            ([(6, "older", 2), (7, "c0ffee", 2)], True),
            ([(7, "newer", 2)], False),  # another push has come since
            ([(7, "c0ffee", 3)], False),  # another repository of the same owner
            ([(7, "c0ffee", 2), (8, "c0ffee", 2)], False),  # to two branches: which one?
            ([], False),
        ],
    )
    def test_a_workflow_that_follows_another_finds_its_pull_request(
        self, github: GitHub, tmp_path: Path, pulls: list[tuple[int, str, int]], *, is_found: bool
    ) -> None:
        github.pulls = [
            {"number": number, "label": "contributor:more papers", "head": {"sha": sha, "repo": {"id": repository}}}
            for number, sha, repository in pulls
        ]
        code, log = run(github, tmp_path, TEXT, {"workflow_run": RUN}, ROOT / "comment" / "action.yml")
        assert code == 0
        assert log == f"awesome-lint: {'commented' if is_found else 'no open pull request to comment on'}\n"
        assert len(github.comments) == is_found

    @pytest.mark.parametrize(
        "event", [{}, {"ref": "refs/heads/main"}, {"workflow_run": {**RUN, "head_repository": None}}]
    )
    def test_without_a_pull_request_nothing_is_asked(self, github: GitHub, tmp_path: Path, event: Any) -> None:
        assert run(github, tmp_path, TEXT, event)[0] == 0
        assert github.requests == []

    @pytest.mark.parametrize(
        ("text", "inputs"),
        [
            ("@everyone\n", {}),
            (TEXT + "[click](https://example.org)\n", {}),
            ("```markdown\nnever closed\n", {}),
            ("long\n" * 20_000, {}),
            (TEXT, {"token": ""}),
            (TEXT, {"file": "missing.md"}),
            (TEXT, {"file": "link.md"}),
        ],
    )
    def test_what_makes_no_sense_is_an_error(
        self, github: GitHub, tmp_path: Path, text: str, inputs: dict[str, str]
    ) -> None:
        (tmp_path / "link.md").symlink_to(tmp_path / "comment.md")
        code, log = run(github, tmp_path, text, PULL_REQUEST, ROOT / "action.yml", **inputs)
        assert (code, log.startswith("::error title=awesome-lint::")) == (2, True)
        assert github.requests == []


def shown(markdown: str) -> str:
    """What GitHub makes of *markdown*, before it takes anything away."""
    html: str = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    return html


def hostile_findings(text: str) -> list[FileFindings]:
    source = Source(f"x {text}\n", text[:200] or "x")
    fix = Fix("x", (Edit(Span(0, 1), text),), Applicability.SAFE)
    found = [
        finding(source, Span(0, 1), text, fix=fix),
        finding(source, Span(0, 1), text, addresses=("https://example.org/owner/name/issues/1", text)),
        finding(source, Span(0, 1), text, section=(text,), addresses=(text,), severity=Severity.WARNING),
    ]
    return [FileFindings(source, found)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_report_has_the_form_that_the_step_accepts(script: ModuleType, text: str) -> None:
    assert script.is_inert(comment.render(hostile_findings(text)))


@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("@#[]():%\n\r\x1b<>|`-wGH1.")))
)
def test_any_text_gives_a_report_of_that_form(script: ModuleType, text: str) -> None:
    assert script.is_inert(comment.render(hostile_findings(text)))


PIECES = [
    "`", "```", "```markdown", "````markdown", "\n", "\n\n", " ", "    ", "\t", "|", "\n| --- |\n", "#", "## ", "- ",
    "1. ", "> ", "*", "_", "~", "[a](b)", "![a](b)", "<", "<b>", "<!--", "-->", "&", "&lt;", "&#64;", "&#64;&#8203;",
    "&#60;", "&#124;", "@", "user", "GH-", "gh-", "1", "http", "https", "://", ":", ": ", "www", ".", "example.org",
    "\\", "$", "===",
]  # fmt: skip


def test_what_the_step_accepts_is_inert(script: ModuleType) -> None:
    texts = ("".join(pieces) for pieces in product(PIECES, repeat=3))
    accepted = [text for text in texts if script.is_inert(text)]
    assert len(accepted) > 1_000
    tags = {
        "p",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "ul",
        "ol",
        "li",
        "hr",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    for text in accepted:
        prose = re.sub(r"<code.*?</code>", "", shown(text), flags=re.DOTALL)
        assert set(re.findall(r"<([^\s/>]+)", prose)) <= tags, text
        assert not re.search(r"[@#]\w|\bGH-\d", unescape(prose), re.IGNORECASE), text


def test_without_findings_there_is_no_text() -> None:
    assert comment.render([FileFindings(Source("x\n", "README.md"), [])]) == ""


def test_a_long_report_is_cut_by_whole_rows(script: ModuleType) -> None:
    source = Source("".join(f"row {number} {'字' * 50}\n" for number in range(2_000)), "README.md")
    fixes = [Fix("x", (Edit(Span(start, start), "| a "),), Applicability.SAFE) for start in source.line_starts[:-1]]
    found = [finding(source, fix.edits[0].span, f"at {fix.edits[0].span.start}", fix=fix) for fix in fixes]
    text = comment.render([FileFindings(source, found)])
    assert 40_000 < len(text.encode()) <= 65_000
    table, _, blocks = text.partition("### Corrected lines")
    rows, corrections = (int(count.replace(",", "")) for count in re.findall(r"^([\d,]+) more are", text, re.MULTILINE))
    assert len(re.findall(r"^\| README.*\|$", table, re.MULTILINE)) + rows == len(found)
    assert len(re.findall(r"^```markdown\n\| a row .*字\n```$", blocks, re.MULTILINE)) + corrections == len(found)
    assert script.is_inert(text)


def test_the_step_runs_also_after_findings_but_only_where_it_is_wanted() -> None:
    assert step()["if"] == "${{ !cancelled() && inputs.comment == 'true' && steps.check.outputs.comment }}"
    assert yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]["comment"]["default"] == "false"


@pytest.mark.parametrize("unit", ["-", "a|-", "&#33;", ". ", ": "])
def test_no_text_of_a_stranger_takes_exponential_time(script: ModuleType, unit: str) -> None:
    assert not script.is_inert(f"|{unit * 200}<")
