"""What ``awesome-lint check`` does once its options are read: texts -> findings -> new findings -> report -> exit code.

Each text is linted with its own settings and its own facts, which are complete before the first one is.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.cli.baseline import BaselineFilter, OldVersions, write_baseline
from awesome_lint.cli.check_options import CheckOptions
from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.console import Problems, complain, notify, wants_color, write, write_bytes
from awesome_lint.cli.inputs import Input, names_one_file, read_inputs
from awesome_lint.cli.jobs import Job, make_jobs
from awesome_lint.cli.online import LinkCheck, check_links, exit_code, urls_in
from awesome_lint.cli.reports import without_info, write_reports
from awesome_lint.diagnostic import FileFindings, Severity, all_diagnostics
from awesome_lint.linter.result import InternalError, LintResult
from awesome_lint.semantic.facts import Facts
from awesome_lint.source import Source

if TYPE_CHECKING:
    from awesome_lint.api import AppliedFix, FixResult
    from awesome_lint.diagnostic import Diagnostic
    from awesome_lint.linter.allowance import Allowance
    from awesome_lint.linter.settings import Settings
    from awesome_lint.semantic.idle_schemas import IdlePath


class Result(Struct, frozen=True):
    """What was found in the text of a job, after fixing where that was requested.

    ``fixed`` are the fixes that were applied; ``refused`` tells whether a fix was left out as it could
    not be proved.  ``needed`` are the allowances but for which there would be more findings, ``idle`` is what of the
    configuration fits nothing in the text.
    """

    job: Job
    findings: FileFindings
    needed: frozenset[Allowance] = frozenset()
    idle: frozenset[IdlePath] = frozenset()
    fixed: tuple[AppliedFix, ...] = ()
    refused: bool = False


def run(options: CheckOptions) -> int:
    """Check, fix or compare what *options* name; returns the exit code.  Raises `click.ClickException`."""
    problems, configurations = Problems(), options.configurations()
    old_versions, baseline = OldVersions(options.since), BaselineFilter(options.baseline)
    inputs = read_inputs(options.paths, options.stdin_filename, problems, configurations.excludes)
    if options.show_settings:
        write("\n".join(configurations.describe(each.source.path, each.location) for each in inputs), options.output)
        return 2 if problems.found else 0
    _note_inputs(inputs, configurations, options)
    link_check = _check_links(inputs, configurations, old_versions, options)
    jobs = make_jobs(inputs, configurations, link_check, old_versions, options)
    if options.diff:
        return _show_diff(jobs, options, old_versions, problems)
    _lint_ahead(jobs, options)
    results = [_work(job, options, old_versions, problems) for job in jobs]
    found = [result.findings for result in results]
    new = _not_in_baseline(found, baseline, options)
    if options.add_ignores:

        def shown(files: list[FileFindings]) -> list[FileFindings]:
            return files if options.style.info else without_info(files)

        def recheck(job: Job, source: Source) -> FileFindings:
            return shown(baseline.without([_check(source, job, options, old_versions).findings]))[0]

        new = shown(new)
        new = _add_suppressions(new, jobs, recheck, problems, quiet=options.quiet)
    if found or not problems.found:
        fixed = [each for result in results for each in result.fixed]
        write_reports(options.reports, new, fixed, options.style, options.stream)
    if not (options.quiet or options.fix or problems.found):
        configurations.note_unneeded_allowances({each for result in results for each in result.needed})
        whole = not options.paths or any(Path(path).is_dir() for path in options.paths)
        configurations.note_idle([(result.job.input.location, result.idle) for result in results], whole=whole)
        _note_offline(options)
    return _exit_code(all_diagnostics(new), results, link_check, options, problems)


def _note_inputs(inputs: Iterable[Input], configurations: Configurations, options: CheckOptions) -> None:
    for each in inputs:
        if not each.source.text and not options.quiet and not options.diff:
            notify(f"{each.source.path}: is empty")
        if options.verbose:
            notify(f"{each.source.path}: checked because {each.why}; {configurations.explain(each.location)}")
            _note_unread(each.source)


def _note_unread(source: Source) -> None:
    """Say what in *source* looks like entries and is not checked as such."""
    from awesome_lint.api import parse
    from awesome_lint.semantic.model import ListModel
    from awesome_lint.stats.unread import describe_unread, find_unread

    with suppress(InternalError):  # reported when the source is checked
        for unread in find_unread(ListModel(parse(source))):
            notify(f"{source.path}: {describe_unread(unread, 'checked as such')}")


def _check_links(
    inputs: Sequence[Input], configurations: Configurations, old_versions: OldVersions, options: CheckOptions
) -> LinkCheck | None:
    """Check the links of *inputs*; with ``--since`` those that were added."""
    if options.links is None:
        return None
    choices = [configurations.link_choice(each.location) for each in inputs]
    urls = [_urls(each.source) - _urls(old_versions.of(each)) for each in inputs]
    return check_links(urls, choices, options.links, quiet=options.quiet)


def _urls(source: Source | None) -> frozenset[str]:
    from awesome_lint.api import parse

    try:
        return urls_in(parse(source)) if source else frozenset()
    except InternalError:
        return frozenset()  # reported when the source is checked


def _lint_ahead(jobs: Iterable[Job], options: CheckOptions) -> None:
    """Let each processor lint some of many files; the results wait in the cache."""
    if options.uses_cache and not options.fix and not names_one_file(options.paths):
        from awesome_lint.cli.ahead import lint_ahead

        alone = (job for job in jobs if job.facts.stand_alone)
        lint_ahead((job.input.source, job.input.file, job.settings) for job in alone if job.input.file)


def _work(job: Job, options: CheckOptions, old_versions: OldVersions, problems: Problems) -> Result:
    """Check the text of *job*; fix it and write it back first, if that is requested."""
    result = Result(job, FileFindings(job.input.source, ()))
    with problems.caught():
        fixed = _fix(job, options, old_versions, problems) if options.fix else None
        result = fixed or _check(job.input.source, job, options, old_versions)
    if options.fix and job.input.file is None:
        write_bytes(result.findings.source.to_bytes())
    return result


def _check(source: Source, job: Job, options: CheckOptions, old_versions: OldVersions) -> Result:
    """What is found in *source*, the current text of *job*; with ``--since`` what is new."""
    linted = _lint(source, job.settings, job.facts, options)
    new = _new(linted.diagnostics, source, job, options, old_versions)
    return Result(job, FileFindings(source, new), linted.needed, linted.idle)


def _new(
    found: Sequence[Diagnostic], source: Source, job: Job, options: CheckOptions, old_versions: OldVersions
) -> Sequence[Diagnostic]:
    """What is new of what was *found* in *source*, the current text of *job*; without ``--since`` all of it."""

    def check_old(old: Source, existed: Callable[[str], bool]) -> list[Diagnostic]:
        return _lint(old, job.settings, replace(job.old_facts, exists=existed), options).diagnostics

    return old_versions.without_old(found, source, job.input, check_old)


def _lint(source: Source, settings: Settings, facts: Facts, options: CheckOptions) -> LintResult:
    if options.uses_cache and facts.stand_alone:
        from awesome_lint.linter.cache import ResultCache, default_folder

        return ResultCache(default_folder()).lint(source, settings, facts.exists)
    from awesome_lint.linter.engine import lint, read

    return lint(read(source), settings, facts, rules=options.all_rules)


def _fix(job: Job, options: CheckOptions, old_versions: OldVersions, problems: Problems) -> Result | None:
    """Fix the text of *job* in its file; None where that cannot be written, which is reported."""
    source, file = job.input.source, job.input.file
    fixed = _fixed(job, options, old_versions)
    new = Source(fixed.text, source.path)
    if file and not _put_back(new, source, file, problems):
        return None
    _note_refusals(fixed, source)
    _note_outside(fixed, source, options)
    if not options.quiet:
        for loss in fixed.losses:
            notify(f"{source.path}: {loss}")
    left = _new(fixed.diagnostics, new, job, options, old_versions)
    return Result(job, FileFindings(new, left), fixed=fixed.applied, refused=bool(fixed.refusals))


def _put_back(new: Source, old: Source, file: Path, problems: Problems) -> bool:
    """Write *new* to *file*, which holds *old*; False where that fails, which is reported."""
    from awesome_lint.files.writing import write_atomically

    if new.raw == old.raw:
        return True
    with problems.caught():
        write_atomically(file, new.to_bytes(), expected=old.to_bytes())
        return True
    return False


def _fixed(job: Job, options: CheckOptions, old_versions: OldVersions) -> FixResult:
    from awesome_lint.api import fix

    unsafe, rules, lines = options.unsafe_fixes, options.all_rules, old_versions.new_lines(job.input)
    return fix(job.input.source, config=job.settings, facts=job.facts, rules=rules, unsafe=unsafe, lines=lines)


def _note_refusals(fixed: FixResult, source: Source) -> None:
    for each in fixed.refusals:
        where = f"{source.path}:{each.position.line}: {', '.join(each.rules)}"
        complain(f"{where}: not fixed: {each.reason}; this is a bug of awesome-lint, please report it")


def _note_outside(fixed: FixResult, source: Source, options: CheckOptions) -> None:
    if fixed.outside and not options.quiet:
        fixes = "1 fix" if fixed.outside == 1 else f"{fixed.outside:,} fixes"
        notify(f"{source.path}: skipped {fixes} that would change lines older than {options.since}")


def _show_diff(jobs: Iterable[Job], options: CheckOptions, old_versions: OldVersions, problems: Problems) -> int:
    from awesome_lint.report import diff
    from awesome_lint.report.style import Style

    style = Style(color=wants_color(None if options.output else sys.stdout, options.style.color))
    parts = []
    refused = False
    for job in jobs:
        with problems.caught():
            fixed = _fixed(job, options, old_versions)
            source = job.input.source
            _note_refusals(fixed, source)
            _note_outside(fixed, source, options)
            refused = refused or bool(fixed.refusals)
            parts.append(diff.render(source.text, Source(fixed.text).text, source.path, style))
    text = "".join(parts)
    write(text, options.output)
    return 2 if problems.found else int((bool(text) or refused) and not options.exit_zero)


def _not_in_baseline(
    found: Sequence[FileFindings], baseline: BaselineFilter, options: CheckOptions
) -> list[FileFindings]:
    """What of *found* is reported: what the baseline does not have, nothing where a new baseline is written."""
    fresh = baseline.without(found)
    if options.since is None and not options.quiet:  # with --since, what is old is missing here, too
        baseline.note_stale(
            found, lambda rule: _did_not_run(rule, options), is_rewritten=options.new_baseline is not None
        )
    if options.new_baseline:
        write_baseline(found, options.new_baseline)
        return [FileFindings(file.source, ()) for file in found]
    return fresh


def _did_not_run(name: str, options: CheckOptions) -> bool:
    """Whether the rule *name* did not run because of the command line; a rule that is no more never does."""
    rule = next((rule for rule in options.all_rules if rule.name == name), None)
    if rule is None:
        return False
    if options.configurations().leaves_out(rule):
        return True
    return options.links is None if rule.online else options.links_only


def _add_suppressions(
    new: Sequence[FileFindings],
    jobs: Sequence[Job],
    recheck: Callable[[Job, Source], FileFindings],
    problems: Problems,
    *,
    quiet: bool,
) -> list[FileFindings]:
    """Suppress the *new* findings in their files; *recheck* finds what is left to report in a changed text."""
    from awesome_lint.cli.suppressing import write_suppressions

    return [
        write_suppressions(findings, job.input.file, partial(recheck, job), problems, quiet=quiet)
        if job.input.file
        else findings
        for findings, job in zip(new, jobs, strict=True)
    ]


def _note_offline(options: CheckOptions) -> None:
    """Tell of each rule that was selected by name, but does not run where no links are checked."""
    if options.links or not options.select:
        return
    for rule in options.all_rules:
        if rule.online and rule.name in options.select:
            notify(f"{rule.name} does not run without --links")


def _exit_code(
    left: Iterable[Diagnostic],
    results: Iterable[Result],
    link_check: LinkCheck | None,
    options: CheckOptions,
    problems: Problems,
) -> int:
    if problems.found:
        return 2
    failing = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    found = any(result.refused for result in results) or any(each.severity in failing for each in left)
    code = int(found and not options.exit_zero)
    return exit_code(code, link_check.report, exit_zero=options.exit_zero) if link_check else code
