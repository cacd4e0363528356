"""``awesome-lint check``: report what is wrong, the default command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.completing import complete_formats, complete_names, complete_paths
from awesome_lint.cli.formats import FORMATS, Report, parse_reports
from awesome_lint.cli.grouping import GroupedCommand, option
from awesome_lint.cli.link_options import link_options
from awesome_lint.cli.names import split_names

if TYPE_CHECKING:
    from awesome_lint.cli.check_options import CheckOptions
    from awesome_lint.cli.online import LinkOptions

PATH = click.Path(path_type=Path)
NAMES: dict[str, Any] = {"multiple": True, "callback": split_names, "shell_complete": complete_names}


@click.command(cls=GroupedCommand, short_help="Report what is wrong (this command's name may be left out).")
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@option("Check", "--select", metavar="NAMES", help="Run only these rules or groups.", **NAMES)
@option("Check", "--extend-select", "extend", metavar="NAMES", help="Run these rules or groups in addition.", **NAMES)
@option("Check", "--ignore", metavar="NAMES", help="Do not run these rules or groups.", **NAMES)
@option(
    "Check",
    "--exclude",
    "excluded_files",
    multiple=True,
    metavar="PATTERN",
    help="Skip these files when searching folders (.gitignore syntax); may be repeated.",
)
@option("Check", "--strict", is_flag=True, help="Exit with 1 for warnings as well.")
@option("Check", "--exit-zero", is_flag=True, help="Exit with 0 even if something is found.")
@option("Check", "--add-ignores", is_flag=True, help="Add a comment that suppresses each finding.")
@option("Check", "--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@option("Check", "--no-cache", is_flag=True, help="Do not read or write the cache of results.")
@option("Check", "--stdin-filename", metavar="NAME", help="The file name to assume for standard input (-).")
@option("Fix", "--fix", is_flag=True, help="Fix what can be fixed unambiguously.")
@option("Fix", "--unsafe-fixes", is_flag=True, help="With --fix or --diff: also apply fixes that are probably right.")
@option("Fix", "--diff", is_flag=True, help="Show what --fix would change without changing any file.")
@option("Fix", "--show-fixes", is_flag=True, help="With --fix: list what was fixed, and where.")
@option(
    "New findings",
    "--since",
    metavar="REF",
    help="Report and fix only what is new since the merge base with this commit or branch.",
)
@option("New findings", "--baseline", type=PATH, metavar="FILE", help="Do not report the findings in FILE.")
@option(
    "New findings",
    "--write-baseline",
    "new_baseline",
    type=PATH,
    metavar="FILE",
    help="Save all findings to FILE as a baseline, and report none.",
)
@option("Output", "--info", is_flag=True, help="Also show info findings.")
@option("Output", "--statistics", is_flag=True, help="Count the findings of each rule instead of listing them.")
@option(
    "Output", "--format", "report_format", type=click.Choice(FORMATS), help="The format of the report; text by default."
)
@option("Output", "--output", "-o", type=PATH, metavar="FILE", help="Write the report to FILE.")
@option(
    "Output",
    "--report",
    "reports",
    multiple=True,
    callback=parse_reports,
    shell_complete=complete_formats,
    metavar="FORMAT[=FILE]",
    help="Write a report in this format, to FILE if one is given; may be repeated.",
)
@option("Output", "--quiet", "-q", is_flag=True, help="Print findings, but no summary and no notes.")
@option("Output", "--verbose", "-v", is_flag=True, help="Show which files and configurations are used, and why.")
@option("Output", "--color/--no-color", default=None, help="Colour the report; by default on a terminal.")
@option(
    "Configuration",
    "--config",
    "configs",
    multiple=True,
    metavar="FILE|KEY=VALUE",
    help="Use the configuration in FILE, or set one KEY; may be repeated.",
)
@option("Configuration", "--isolated", is_flag=True, help="Ignore all configuration files.")
@option("Configuration", "--show-settings", is_flag=True, help="Print the settings of each file without checking it.")
@option("Links", "--links", is_flag=True, help="Also check the links.")
@option("Links", "--links-only", is_flag=True, help="Check only the links.")
@link_options
def check(**options: Any) -> int:
    """Report what is wrong in PATHS: files, folders or - for standard input; by default this folder's README."""
    from awesome_lint.cli.pipeline import run

    read = _read_options(options)
    if not read.watch:
        return run(read)
    from awesome_lint.cli.watching import watch, watched_files

    return watch(lambda: watched_files(read), lambda: run(read))


def _read_options(given: dict[str, Any]) -> CheckOptions:
    """The options that were *given* on the command line; raises `click.UsageError` where they contradict each other."""
    from awesome_lint.cli.check_options import CheckOptions
    from awesome_lint.cli.reports import ReportStyle

    if given["reports"] and (given["report_format"] or given["output"]):
        raise click.UsageError("--report replaces --format and --output")
    report = Report(given.pop("report_format") or "text", given["output"])
    reports = given.pop("reports") or (report,)
    is_limited = given["since"] or given["baseline"] or given["new_baseline"] or given["fix"]
    style = ReportStyle(
        given.pop("statistics"),
        given.pop("quiet"),
        given.pop("color"),
        given.pop("info"),
        not is_limited,
        given.pop("show_fixes"),
    )
    config, overrides = _read_configs(given.pop("configs"))
    links = _read_link_options(given)
    options = CheckOptions(links=links, reports=reports, style=style, config=config, overrides=overrides, **given)
    _refuse_contradictions(options)
    return options


def _read_configs(given: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """The file among the values of ``--config``, and those that set a key."""
    files = [value for value in given if "=" not in value or Path(value).exists()]
    if len(files) > 1:
        raise click.UsageError(f"--config takes only one file, not {' and '.join(files)}")
    return (Path(files[0]) if files else None), tuple(value for value in given if value not in files)


def _read_link_options(given: dict[str, Any]) -> LinkOptions | None:
    """The options of the link check, taken out of *given*; None where links are not checked."""
    from awesome_lint.cli.online import LinkOptions

    is_wanted = given.pop("links") or given["links_only"]
    if given["no_cache"] and given["link_cache"] is None and is_wanted:
        given["link_cache"] = ""
    options = LinkOptions.taken_from(given)
    if not is_wanted and options != LinkOptions():
        raise click.UsageError("options about checking links need --links or --links-only")
    return options if is_wanted else None


def _refuse_contradictions(options: CheckOptions) -> None:
    from awesome_lint.cli.inputs import STDIN

    changes, baselines = options.fix or options.diff, options.baseline or options.new_baseline
    if options.unsafe_fixes and not changes:
        raise click.UsageError("--unsafe-fixes needs --fix or --diff")
    if options.add_ignores and (options.diff or options.new_baseline or STDIN in options.paths):
        raise click.UsageError("--add-ignores writes to files: it cannot be used with --diff, --write-baseline or -")
    if options.diff and (options.reports != (Report("text", options.output),) or options.style.statistics):
        raise click.UsageError(
            "--diff prints a unified diff: it cannot be used with --format, --report or --statistics"
        )
    if options.style.show_fixes and not options.fix:
        raise click.UsageError("--show-fixes needs --fix")
    if changes and baselines:
        raise click.UsageError(
            "baselines are for reports, not for --fix and --diff; to fix only new lines, use --since REF"
        )
    if options.since is not None and options.new_baseline:
        raise click.UsageError("--write-baseline saves all findings, but --since leaves old ones out")
