"""What is to be checked: texts with their settings and with what is known about the world around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from awesome_lint.cli.inputs import Input
from awesome_lint.semantic.facts import Facts

if TYPE_CHECKING:
    from awesome_lint.cli.baseline import OldVersions
    from awesome_lint.cli.check_options import CheckOptions
    from awesome_lint.cli.configuration import Configurations
    from awesome_lint.cli.online import LinkCheck
    from awesome_lint.linter.settings import Settings

_ABOUT_REPOSITORY = "repository-page"
"""The rule that needs to know what GitHub says about the repository."""


class Job(Struct, frozen=True):
    """A text to check, its settings, and what is known about the world around it.

    ``old_facts`` are those for its older version.  Its siblings are as they were, so that what a change takes from one
    of them is new; other files are as they are, as what a change adds to one of them is reported there.
    """

    input: Input
    settings: Settings
    facts: Facts
    old_facts: Facts


def make_jobs(
    inputs: Sequence[Input],
    configurations: Configurations,
    link_check: LinkCheck | None,
    old_versions: OldVersions,
    options: CheckOptions,
) -> list[Job]:
    """A job for each of *inputs*, whose links *link_check* has checked; raises `click.ClickException`."""
    from awesome_lint.cli.other_files import OtherFiles
    from awesome_lint.cli.repository import Repositories
    from awesome_lint.cli.siblings import SiblingFiles
    from awesome_lint.files.reading import existence_beside

    old_sibling_files = SiblingFiles(configurations, old_versions.read_sibling)
    sibling_files, other_files = SiblingFiles(configurations), OtherFiles(configurations, quiet=options.quiet)
    repositories = Repositories(options.links, quiet=options.quiet)
    about_repository = [rule for rule in options.all_rules if rule.name == _ABOUT_REPOSITORY] if options.links else []
    jobs = []
    for index, each in enumerate(inputs):
        settings, file = configurations.settings(each.location), each.location
        if options.links_only:
            offline = (rule for rule in options.all_rules if not rule.online)
            settings = settings.ignoring(name for rule in offline for name in (rule.name, *rule.finding_names))
        facts = Facts(
            existence_beside(file) if file else None,
            link_check.statuses[index] if link_check else None,
            sibling_files.of(file) if file else (),
            old_versions.entries(each, settings),
            repositories.of(file) if file and any(map(settings.selects, about_repository)) else None,
            other_files.of(file, settings) if file else None,
        )
        old_facts = replace(facts, earlier=None)
        if file and facts.siblings and options.since is not None:
            old_facts = replace(old_facts, siblings=old_sibling_files.of(file))
        jobs.append(Job(each, settings, facts, old_facts))
    return jobs
