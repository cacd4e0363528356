"""``awesome-lint check``: report what is wrong, the default command."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click
from msgspec import Struct, field

from awesome_lint.cli.completing import complete_formats, complete_names, complete_paths
from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.console import complain, notify, wants_color, write, write_bytes
from awesome_lint.cli.known import KnownFindings
from awesome_lint.cli.names import split_names
from awesome_lint.cli.online import LinkCheck, link_options, urls_in
from awesome_lint.cli.reports import FORMATS, Findings, Manner, Report, parse_reports, write_reports
from awesome_lint.linter.result import InternalError

if TYPE_CHECKING:
    from awesome_lint.cli.inputs import Inputs
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.fixing import Fixed
    from awesome_lint.linter.result import LintResult
    from awesome_lint.linter.settings import Settings
    from awesome_lint.source import Source


class Request(Struct, frozen=True):
    """What the command line asks for; a field for each parameter of the command, those about rules in one."""

    paths: tuple[str, ...]
    configurations: Configurations
    known: KnownFindings
    links: LinkCheck
    reports: tuple[Report, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    output: Path | None
    strict: bool
    exit_zero: bool
    statistics: bool
    quiet: bool
    color: bool | None
    stdin_filename: str | None
    no_cache: bool
    watch: bool
    add_ignores: bool
    verbose: bool

    @property
    def caches(self) -> bool:
        """Whether results are kept: what the web says is not."""
        return not self.no_cache and not self.links.asked

    @property
    def stream(self) -> TextIO | None:
        """Where the report goes: standard output, unless that takes the fixed text of standard input."""
        return sys.stderr if self.fix and "-" in self.paths else sys.stdout


@click.command(short_help="Report what is wrong (this command's name may be left out).")
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@click.option(
    "--select",
    multiple=True,
    callback=split_names,
    shell_complete=complete_names,
    metavar="NAMES",
    help="Run only these rules or groups.",
)
@click.option(
    "--ignore",
    multiple=True,
    callback=split_names,
    shell_complete=complete_names,
    metavar="NAMES",
    help="Leave these rules or groups out.",
)
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Take the configuration from FILE.")
@click.option("--isolated", is_flag=True, help="Take no configuration file.")
@click.option("--fix", is_flag=True, help="Repair what has only one right reading.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: repair what is probably right, too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--format",
    "report_format",
    type=click.Choice(FORMATS),
    help="How to report; text by default.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write the report to FILE.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    callback=parse_reports,
    shell_complete=complete_formats,
    metavar="FORMAT[=FILE]",
    help="Report in this format, to FILE if one is named; may be given several times.",
)
@click.option("--since", metavar="REF", help="Report only what is new since the merge base with this commit or branch.")
@click.option(
    "--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Leave out the findings that FILE knows."
)
@click.option(
    "--write-baseline",
    "new_baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all findings to FILE, known from now on, and report none.",
)
@click.option("--links", is_flag=True, help="Ask the web about the links, too.")
@click.option("--links-only", is_flag=True, help="Ask the web about the links, and check nothing else.")
@link_options
@click.option("--strict", is_flag=True, help="Let warnings fail the run, too.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings, but no summary and no notes.")
@click.option("--color/--no-color", default=None, help="Colour the report; by default on a terminal.")
@click.option("--verbose", "-v", is_flag=True, help="Say which files and configurations are taken, and why.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results of earlier runs.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--add-ignores", is_flag=True, help="Write a comment beside each finding that suppresses it.")
@click.option("--stdin-filename", metavar="NAME", help="The name of standard input (path -).")
def check(**options: Any) -> int:
    """Report what is wrong in PATHS: files, folders or - for standard input; by default this folder's README."""
    request = _request(dict(options))
    if request.watch:
        from awesome_lint.cli.watching import watch

        # Each run is a new request: what the last one read of configurations and of git may have changed as well.
        return watch(lambda: _watched(request), lambda: _run(_request(dict(options))))
    return _run(request)


def _watched(request: Request) -> list[Path]:
    """The files on which the report depends: those to check, their configurations, and the baseline."""
    from awesome_lint.cli.inputs import files_of

    files = files_of(request.paths)
    configurations = [each for file in files for each in request.configurations.files_for(file)]
    return [*files, *configurations, *filter(None, [request.known.baseline])]


def _run(request: Request) -> int:
    from awesome_lint.cli.inputs import Inputs

    inputs = Inputs(request.paths, request.stdin_filename)
    if request.links.asked:
        _ask_web(inputs, request)
    if request.diff:
        return _show_diff(inputs, request)
    if request.caches and not request.fix and not inputs.is_one_file:
        from awesome_lint.cli.ahead import examine_ahead

        files = (source for source in inputs.read_ahead() if source.path != "<stdin>")
        examine_ahead((source, _terms(source, request)[0]) for source in files)
    return _report(inputs, request)


def _ask_web(inputs: Inputs, request: Request) -> None:
    """Find out about the links of all *inputs*; with ``--since`` about those that were added."""
    from awesome_lint.linter.engine import read

    urls: set[str] = set()
    for source in inputs.read_ahead():
        file = Path(source.path) if source.path != "<stdin>" else None
        request.links.choose(request.configurations.link_choice(file))
        old = request.known.old_source(source, file)
        try:
            urls |= urls_in(read(source)) - (urls_in(read(old)) if old else set())
        except InternalError:
            continue  # reported when the source is checked
    request.links.run(urls, quiet=request.quiet)


def _request(options: dict[str, Any]) -> Request:
    """Sort the command's *options*; raises `click.UsageError` where they contradict each other."""
    take = options.pop
    reports, name = take("reports"), take("report_format")
    if reports and (name or options["output"]):
        raise click.UsageError("--report takes the place of --format and --output")
    request = Request(
        configurations=Configurations(take("config"), take("isolated"), take("select"), take("ignore")),
        known=KnownFindings(take("since"), take("baseline"), take("new_baseline")),
        links=LinkCheck.taken_from(options),
        reports=reports or (Report(name or "text", options["output"]),),
        **options,
    )
    if request.unsafe_fixes and not (request.fix or request.diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    if (request.fix or request.diff) and request.known.asked_for:
        raise click.UsageError("--fix and --diff change all that can be fixed: --since and baselines are for reports")
    if request.known.since is not None and request.known.new_baseline:
        raise click.UsageError("--write-baseline writes down all findings, and --since leaves old ones out")
    if request.add_ignores and (request.diff or request.known.new_baseline or "-" in request.paths):
        raise click.UsageError("--add-ignores writes into files: it goes with neither --diff, --write-baseline nor -")
    return request


def _report(inputs: Inputs, request: Request) -> int:
    sources: dict[str, Source] = {}
    diagnostics: list[Diagnostic] = []
    fixed: Counter[str] = Counter()
    refused = False
    for source in inputs:
        if not source.text and not request.quiet:
            notify(f"{source.path}: is empty")
        if request.verbose:
            _explain(source, inputs, request)
        result = _work(source, inputs, request)
        sources[source.path] = result.source
        diagnostics += result.diagnostics
        fixed += result.fixed
        refused |= result.refused
    left = request.known.without_known(diagnostics, sources, lambda rule: request.quiet or _left_out(rule, request))
    if request.add_ignores:
        from awesome_lint.cli.ignoring import write_ignores

        left = write_ignores(left, sources, inputs, lambda source: _new_in(source, request), quiet=request.quiet)
    if sources or not inputs.failed:
        manner = Manner(request.statistics, request.quiet, request.color)
        write_reports(request.reports, Findings(left, sources, fixed), manner, request.stream)
    if not (request.quiet or request.fix or inputs.failed):
        request.configurations.note_needless_allowances()
    return _exit_code(left, request, failed=inputs.failed, refused=refused)


def _explain(source: Source, inputs: Inputs, request: Request) -> None:
    """Say why *source*, the one that *inputs* gave last, is checked, and by which configuration."""
    file = Path(source.path) if source.path != "<stdin>" else None
    notify(f"{source.path}: checked, as {inputs.why}; {request.configurations.explain(file)}")


def _left_out(name: str, request: Request) -> bool:
    """Whether the rule *name* did not run because of the command line; a rule that is no more never does."""
    from awesome_lint.rules import RULES

    rule = next((rule for rule in RULES if rule.name == name), None)
    if rule is None:
        return False
    return request.configurations.leaves_out(rule) or (
        request.links.only if not rule.online else not request.links.asked
    )


def _new_in(source: Source, request: Request) -> list[Diagnostic]:
    """What is found in *source* and not known."""
    return request.known.beside_baseline(_examine(source, request), {source.path: source})


class _Outcome(Struct, frozen=True):
    """A text after the work on it, what is found there, and how many findings of which rules were fixed.

    ``refused`` tells whether a fix was left out because it could not be proved.
    """

    source: Source
    diagnostics: Sequence[Diagnostic]
    fixed: Counter[str] = field(default_factory=Counter)
    refused: bool = False


def _work(source: Source, inputs: Inputs, request: Request) -> _Outcome:
    """Check *source*; fix it and put it back where it came from if that is asked for."""
    outcome = None
    try:
        fixed = _fix(source, inputs, request) if request.fix else None
        outcome = _Outcome(fixed.source, fixed.diagnostics, fixed.counts, bool(fixed.refusals)) if fixed else None
        outcome = outcome or _Outcome(source, _examine(source, request))
    except InternalError as error:
        inputs.fail_internally(error)
        outcome = _Outcome(source, [])
    if request.fix and inputs.file is None:
        write_bytes(outcome.source.to_bytes())
    return outcome


def _examine(source: Source, request: Request) -> list[Diagnostic]:
    settings, exists = _terms(source, request)
    examination = _examination(source, settings, exists, request)
    request.configurations.needed |= examination.needed
    file = Path(source.path) if source.path != "<stdin>" else None

    def check_old(old: Source, existed: Callable[[str], bool]) -> Sequence[Diagnostic]:
        return _examination(old, settings, existed, request).diagnostics

    return [*request.known.without_old(examination.diagnostics, source, file, check_old)]


def _examination(
    source: Source, settings: Settings, exists: Callable[[str], bool] | None, request: Request
) -> LintResult:
    if not request.caches:
        from awesome_lint.linter import engine

        return engine.lint(engine.read(source), settings, request.links.facts(exists))
    from awesome_lint.linter.cache import ResultCache, default_folder

    return ResultCache(default_folder()).lint(source, settings, exists)


def _fix(source: Source, inputs: Inputs, request: Request) -> Fixed | None:
    """Fix *source* and the file that it comes from; None where that cannot be done."""
    from awesome_lint.files.reading import UnusableFileError
    from awesome_lint.files.writing import write_atomically
    from awesome_lint.fixing import fix

    try:
        settings, exists = _terms(source, request)
        fixed = fix(source, settings, request.links.facts(exists), unsafe=request.unsafe_fixes)
        if not request.diff and inputs.file and fixed.source.raw != source.raw:
            write_atomically(inputs.file, fixed.source.to_bytes(), expected=source.to_bytes())
    except UnusableFileError as error:
        inputs.fail(str(error))
    else:
        for each in fixed.refusals:
            where = f"{source.path}:{each.position.line}: {', '.join(each.rules)}"
            complain(f"{where}: not fixed: {each.reason}; this is a bug of awesome-lint, please report it")
        if not (request.quiet or request.diff):
            for loss in fixed.losses:
                notify(f"{source.path}: {loss}")
        return fixed
    return None


def _terms(source: Source, request: Request) -> tuple[Settings, Callable[[str], bool] | None]:
    """The settings for *source*, and how to find out what exists beside it."""
    from awesome_lint.files.reading import existence_beside

    path = Path(source.path) if source.path != "<stdin>" else None
    return request.links.applied(request.configurations.settings(path)), existence_beside(path) if path else None


def _show_diff(inputs: Inputs, request: Request) -> int:
    from awesome_lint.report import diff
    from awesome_lint.report.style import Style

    style = Style(color=wants_color(None if request.output else sys.stdout, request.color))
    parts = []
    refused = False
    for source in inputs:
        if request.verbose:
            _explain(source, inputs, request)
        try:
            fixed = _fix(source, inputs, request)
        except InternalError as error:
            inputs.fail_internally(error)
        else:
            parts.append(diff.render(source.text, fixed.source.text, source.path, style) if fixed else "")
            refused |= bool(fixed and fixed.refusals)
    text = "".join(parts)
    write(text, request.output)
    return 2 if inputs.failed else int((bool(text) or refused) and not request.exit_zero)


def _exit_code(diagnostics: Iterable[Diagnostic], request: Request, *, failed: bool, refused: bool) -> int:
    from awesome_lint.diagnostic import Severity

    if failed:
        return 2
    failing = {Severity.ERROR, Severity.WARNING} if request.strict else {Severity.ERROR}
    found = refused or any(diagnostic.severity in failing for diagnostic in diagnostics)
    return request.links.exit_code(int(found and not request.exit_zero), exit_zero=request.exit_zero)
