"""``awesome-lint check``: report what is wrong, the default command."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.console import notify, terminal_width, wants_color, write
from awesome_lint.cli.names import split_names

if TYPE_CHECKING:
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.source import Source


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for; a field for each parameter of the command."""

    paths: tuple[str, ...]
    select: frozenset[str]
    ignore: frozenset[str]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    report_format: str
    output: Path | None
    strict: bool
    exit_zero: bool
    statistics: bool
    quiet: bool
    color: bool | None
    stdin_filename: str | None


@click.command(short_help="Report what is wrong (this command's name may be left out).")
@click.argument("paths", nargs=-1)
@click.option("--select", multiple=True, callback=split_names, metavar="NAMES", help="Run only these rules or groups.")
@click.option("--ignore", multiple=True, callback=split_names, metavar="NAMES", help="Leave these rules or groups out.")
@click.option("--fix", is_flag=True, help="Repair what has only one right reading.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: repair what is probably right, too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--format",
    "report_format",
    type=click.Choice(["text", "concise", "json"]),
    default="text",
    show_default=True,
    help="How to report.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE.")
@click.option("--strict", is_flag=True, help="Let warnings fail the run, too.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings, but no summary and no notes.")
@click.option("--color/--no-color", default=None, help="Colour the report; by default on a terminal.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
def check(**arguments: Any) -> int:
    """Report what is wrong in PATHS: files, folders or - for standard input; by default this folder's README."""
    request = Request(**arguments)
    if request.fix or request.unsafe_fixes or request.diff:
        raise click.UsageError("fixing is not there yet: --fix, --unsafe-fixes and --diff come with the next version")
    from awesome_lint.cli.inputs import Inputs

    inputs = Inputs(request.paths, request.stdin_filename)
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    for source in inputs:
        if not source.text and not request.quiet:
            notify(f"{source.path}: is empty")
        sources[source.path] = source
        diagnostics += _diagnose(source, request, inputs)
    if sources or not inputs.failed:
        write(_render(diagnostics, sources, request), request.output)
    return _exit_code(diagnostics, request, failed=inputs.failed)


def _diagnose(source: Source, request: Request, inputs: Inputs) -> Iterable[Diagnostic]:
    from awesome_lint import engine
    from awesome_lint.files import existence_beside
    from awesome_lint.settings import Settings

    known = source.path != "<stdin>"
    try:
        return engine.check(
            source, Settings(request.select, request.ignore), existence_beside(Path(source.path)) if known else None
        )
    except engine.InternalError as error:
        inputs.fail_internally(error)
        return []


def _render(diagnostics: list[Diagnostic], sources: dict[str, Source], request: Request) -> str:
    from awesome_lint.report import concise, json, summary, text
    from awesome_lint.report.style import Style

    if request.report_format == "json":
        return json.render_counts(diagnostics) if request.statistics else json.render(diagnostics, sources)
    stream = None if request.output else sys.stdout
    style = Style(terminal_width(), wants_color(stream, request.color))
    if request.statistics:
        body = summary.render_counts(diagnostics)
    elif request.report_format == "concise":
        body = concise.render(diagnostics, style)
    else:
        body = text.render(diagnostics, sources, style)
    return body if request.quiet else body + summary.summarize(diagnostics, len(sources), style)


def _exit_code(diagnostics: Iterable[Diagnostic], request: Request, *, failed: bool) -> int:
    from awesome_lint.diagnostic import Severity

    if failed:
        return 2
    failing = {Severity.ERROR, Severity.WARNING} if request.strict else {Severity.ERROR}
    found = any(diagnostic.severity in failing for diagnostic in diagnostics)
    return int(found and not request.exit_zero)
