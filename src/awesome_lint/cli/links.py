"""``awesome-lint links``: every URL of a list, with its status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from awesome_lint.cli.console import Problems, write
from awesome_lint.cli.link_options import link_options
from awesome_lint.cli.options import output_option, stdin_option

if TYPE_CHECKING:
    from awesome_lint.cli.online import LinkOptions
    from awesome_lint.config.model import LinkChoice
    from awesome_lint.link_status import Verdict
    from awesome_lint.markdown import Document
    from awesome_lint.report.link_list import ListedLink


@click.command(short_help="List every link with its status.")
@click.argument("paths", nargs=-1)
@click.option(
    "--format",
    "list_format",
    type=click.Choice(["text", "markdown", "json", "csv"]),
    default="text",
    show_default=True,
    help="text by verdict, markdown by verdict and section (the body of an issue), json or csv for other programs.",
)
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    metavar="VERDICT",
    help="List only the links with this verdict (dead, blocked, timeout, …); may be repeated.",
)
@click.option("--dump", is_flag=True, help="Only print the addresses that would be requested, one per line.")
@output_option
@click.option("--quiet", "-q", is_flag=True, help="Do not show progress or notes.")
@stdin_option
@link_options
def links(**options: Any) -> int:
    """Check the links in PATHS and list them by verdict.

    PATHS are files, folders or - for standard input; by default this folder's README.  To report and
    fix other problems in a list as well, use "awesome-lint --links".  The exit code is 1 if a link is dead, and 3 if
    nothing could be verified.
    """
    from awesome_lint.api import parse
    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.cli.inputs import read_inputs
    from awesome_lint.cli.online import LinkOptions, check_links, exit_code, urls_in
    from awesome_lint.report.link_groups import is_dead
    from awesome_lint.report.link_list import list_links

    verdicts = _read_verdicts(options["verdicts"])
    problems, configurations, check_options = Problems(), Configurations(), LinkOptions.taken_from(options)
    documents, choices = [], []
    for each in read_inputs(options["paths"], options["stdin_filename"], problems):
        choice = configurations.link_choice(each.location)
        with problems.caught():
            documents.append(parse(each.source))
            choices.append(choice)
    if options["dump"]:
        write(_dumped(documents, choices, check_options), options["output"])
        return 2 if problems.found else 0
    found = check_links([urls_in(each) for each in documents], choices, check_options, quiet=options["quiet"])
    pairs = zip(documents, found.statuses, strict=True)
    listed = [entry for document, statuses in pairs for entry in list_links(document, statuses)]
    write(_rendered(options["list_format"], listed, verdicts), options["output"])
    code = int(any(is_dead(entry.status) for entry in listed))
    return 2 if problems.found else exit_code(code, found.report)


def _read_verdicts(names: Sequence[str]) -> frozenset[Verdict]:
    """The verdicts of that *names*, which may be separated by commas; raises `click.UsageError`."""
    from awesome_lint.link_status import Verdict
    from awesome_lint.text.nearest import nearest

    found = set()
    for name in (part.strip() for text in names for part in text.split(",")):
        if name not in list(Verdict):
            near = nearest(name, list(Verdict))
            hint = f"did you mean {near}? V" if near else "v"
            raise click.UsageError(f"there is no verdict {name!r}; {hint}erdicts are: {', '.join(Verdict)}")
        found.add(Verdict(name))
    return frozenset(found)


def _rendered(name: str, listed: list[ListedLink], verdicts: frozenset[Verdict]) -> str:
    from awesome_lint.report import link_list, link_markdown, link_text

    if name in ("json", "csv"):
        chosen = [entry for entry in listed if not verdicts or entry.status.verdict in verdicts]
        return link_list.render_json(chosen) if name == "json" else link_list.render_csv(chosen)
    return link_markdown.render(listed, verdicts) if name == "markdown" else link_text.render(listed, verdicts)


def _dumped(documents: Sequence[Document], choices: Sequence[LinkChoice], options: LinkOptions) -> str:
    """The addresses of all *documents* that would be requested, each once, in their order."""
    from awesome_lint.links import requestable
    from awesome_lint.report.inert import inert

    found: dict[str, None] = {}
    for document, choice in zip(documents, choices, strict=True):
        urls = dict.fromkeys(link.url for link in document.links if link.url)
        left_out = options.left_out(urls, choice)
        found |= dict.fromkeys(requestable((url for url in urls if url not in left_out), options.policy()))
    return "".join(f"{inert(url)}\n" for url in found)
