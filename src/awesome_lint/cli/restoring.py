"""What ``awesome-lint restore`` does once its options are read: check links, search, write, report."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct, field
from msgspec.structs import replace

from awesome_lint.api import parse
from awesome_lint.cli.configuration import Configurations
from awesome_lint.cli.console import Problems, complain, notify, write, write_bytes
from awesome_lint.cli.inputs import STDIN, Input, read_inputs
from awesome_lint.cli.online import LinkOptions, check_links
from awesome_lint.files.writing import write_atomically
from awesome_lint.fixing import Fixed
from awesome_lint.link_status import TRANSIENT, LinkReport, LinkStatus, Network, Reason, Verdict
from awesome_lint.links import ProgressLine, Session
from awesome_lint.restore import (
    ENDPOINTS,
    Asking,
    EndpointError,
    Finding,
    LostLink,
    Memory,
    Search,
    Source,
    close_links,
    decode,
    find_losses,
    follow,
    hidden_hosts,
    is_written,
    parse_endpoints,
    path_beside,
    write_addresses,
)
from awesome_lint.restore.report import RENDERERS, Restored
from awesome_lint.text.urls import Target, classify, host_of

if TYPE_CHECKING:
    from awesome_lint.config.model import LinkChoice

_LEFT_OUT = frozenset({Reason.EXCLUDED, Reason.NOT_INCLUDED})
_NOT_REQUESTED = frozenset({Verdict.SKIPPED, Verdict.INVALID, Verdict.UNSAFE_TARGET})


class RestoreOptions(Struct, frozen=True, kw_only=True):
    """The options of ``awesome-lint restore``, as they were given."""

    fix: bool
    unsafe_fixes: bool
    dry_run: bool
    report_format: str
    output: Path | None
    endpoints: Mapping[Source, str]
    proxies: tuple[str, ...]
    email: str
    quiet: bool
    config: Path | None
    isolated: bool
    links: LinkOptions

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> RestoreOptions:
        """The *options* of the command; raises `click.UsageError` if an endpoint is not one."""
        names = ("include", "exclude", "link_cache", "refresh", "max_time", "allow_private")
        links = LinkOptions(**{name: options.pop(name) for name in names})
        try:
            endpoints = parse_endpoints(options.pop("endpoints"))
        except EndpointError as error:
            raise click.UsageError(f"--endpoint: {error}") from None
        return cls(links=links, endpoints=endpoints, **options)

    @property
    def writes(self) -> bool:
        """Whether files are written."""
        return (self.fix or self.unsafe_fixes) and not self.dry_run


class _Found(Struct, frozen=True):
    """What was found for one text."""

    input: Input
    findings: Sequence[Finding]
    report: LinkReport


class _Run(Struct):
    """One run over several texts; ``ends_at`` is the time of the monotonic clock at which it is to end."""

    options: RestoreOptions
    configurations: Configurations
    memory: Memory
    session: Session
    guarded: Session
    ends_at: float | None
    interrupted: bool = False
    missing: dict[str, int] = field(default_factory=dict)
    """What was not answered: for each place to be asked, for how many links, titles or identifiers."""
    problems: dict[Source, str] = field(default_factory=dict)
    found: list[_Found] = field(default_factory=list)

    @property
    def is_network_down(self) -> bool:
        """Whether something was requested, and nothing at all has answered."""
        requested = [status for each in self.found for status in each.report.statuses.values() if _is_requested(status)]
        answered = any(status.verdict is not Verdict.UNCHECKED for status in requested)
        sessions = self.session, self.guarded
        answered = answered or any(session.answered for session in sessions)
        return not answered and bool(requested or any(session.asked for session in sessions))

    def search(self, each: Input) -> None:
        """Look for what the links of *each* have lost."""
        document = parse(close_links(each.source, unsafe=self.options.unsafe_fixes))
        choice = self.configurations.link_choice(each.location)
        urls = {link.url for link in document.links if classify(link.url) is Target.WEB}
        skipped = self.options.links.left_out(urls, choice)
        left_out = {url for url, status in skipped.items() if status.reason in _LEFT_OUT}
        hidden = hidden_hosts(document, self.options.proxies)
        targets = self._follow({url for url in urls - left_out if host_of(url) in hidden and not decode(url)}, hidden)
        plain = {url for url in urls - left_out if host_of(url) not in hidden and not decode(url)}
        report, statuses = self._check(plain, frozenset(filter(None, targets.values())), choice)
        links = [link for link in find_losses(document, statuses, hidden) if link.url not in left_out]
        self.found.append(_Found(each, self._search(links, targets, statuses), report))

    def _follow(self, urls: Set[str], hidden: Set[str]) -> dict[str, str]:
        """Where the proxied *urls* lead."""
        targets: dict[str, str] = {}
        line = ProgressLine(sys.stderr)
        try:
            targets = follow(urls, hidden, self.guarded, self.memory, self._shown_on(line))
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            line.clear()
            self.memory.save()
        for url in urls - targets.keys():
            self._miss(host_of(url), 1)
        return targets

    def _check(
        self, plain: Set[str], targets: Set[str], choice: LinkChoice
    ) -> tuple[LinkReport, dict[str, LinkStatus]]:
        """Check the links *plain* and the *targets* of others, as far as nothing is remembered of them."""
        urls = plain | targets
        known = {url: status for url in urls if (status := self.memory.status(url))}
        left = None if self.ends_at is None else max(0.001, self.ends_at - time.monotonic())
        wanted = frozenset() if self.interrupted else urls - known.keys()
        checked = check_links([wanted], [choice], replace(self.options.links, max_time=left), quiet=self.options.quiet)
        self.interrupted |= checked.report.interrupted
        for status in checked.statuses[0].values():
            # A proxy that answered while none of its targets does is no network that is down: they were tried.
            was_tried = status.url in targets and status.reason is Reason.NETWORK_DOWN and self.guarded.answered > 0
            if status.verdict is Verdict.DEAD or status.verdict in TRANSIENT or was_tried:
                self.memory.keep_status(status)
            if status.verdict is Verdict.UNCHECKED:
                self._miss(host_of(status.url), 1)
        # Where a captive portal answers in place of the web, no loss is to be believed.
        is_believed = checked.report.network is not Network.SUSPECT
        return checked.report, {**(checked.statuses[0] if is_believed else {}), **known}

    def _search(
        self, links: Sequence[LostLink], targets: Mapping[str, str], statuses: Mapping[str, LinkStatus]
    ) -> list[Finding]:
        line = ProgressLine(sys.stderr)
        progress = self._shown_on(line)
        asking = Asking(self.session, self.options.endpoints, self.memory, self.options.email, progress)
        search = Search(links, targets, statuses, asking)
        try:
            return search.findings() if self.interrupted else search.run()
        except KeyboardInterrupt:
            self.interrupted = True
            return search.findings()
        finally:
            line.clear()
            self.problems |= search.problems
            for source, count in search.unasked.items():
                self._miss(source, count)

    def _shown_on(self, line: ProgressLine) -> Callable[[str], None]:
        return (lambda _: None) if self.options.quiet else line.show

    def _miss(self, name: str, count: int) -> None:
        if count:
            self.missing[name] = self.missing.get(name, 0) + count


def _is_requested(status: LinkStatus) -> bool:
    return not status.cached and status.verdict not in _NOT_REQUESTED


def run(paths: Sequence[str], options: RestoreOptions, problems: Problems) -> int:
    """Search for what the links in *paths* have lost; returns the exit code.  Raises `click.ClickException`."""
    policy = options.links.policy()
    # Whoever names an endpoint may name one of their own network; a list names none.
    trusted = replace(policy, allow_private=policy.allow_private or options.endpoints != ENDPOINTS)
    memory = Memory(path_beside(options.links.cache()), fresh=options.links.refresh)
    ends_at = None if policy.max_seconds is None else time.monotonic() + policy.max_seconds
    configurations = Configurations(options.config, options.isolated)
    with Session(trusted) as session, Session(policy) as guarded:
        whole = _Run(options, configurations, memory, session, guarded, ends_at)
        for each in read_inputs(paths, None, problems):
            with problems.caught():
                if not whole.interrupted:
                    whole.search(each)
    if not options.quiet:
        _show_notes(whole)
    writes = options.writes and not whole.is_network_down and not whole.interrupted
    restored = [one for each in whole.found for one in _conclude(each, options, problems, writes=writes)]
    stream = sys.stderr if options.writes and STDIN in paths else sys.stdout
    write(RENDERERS[options.report_format](restored), options.output, stream)
    if problems.found:
        return 2
    if whole.interrupted:
        return 130
    return 3 if whole.is_network_down else int(not all(each.written for each in restored))


def _show_notes(whole: _Run) -> None:
    for name, problem in sorted(whole.problems.items()):
        notify(f"{name} gave no answer: {problem}")
    if whole.missing:
        asked = ", ".join(f"{name} ({count})" for name, count in sorted(whole.missing.items()))
        if whole.is_network_down:
            notify(f"the network seems to be down, so nothing is changed; these would have been asked: {asked}")
        else:
            notify(f"some services could not be asked; requests missing: {asked}")


def _conclude(found: _Found, options: RestoreOptions, problems: Problems, *, writes: bool) -> list[Restored]:
    """The findings of one text, once its addresses are written where that is wanted."""
    path = found.input.source.path
    if not writes:
        return [Restored(path, each) for each in found.findings]
    fixed = write_addresses(found.input.source, found.findings, unsafe=options.unsafe_fixes)
    for refusal in fixed.refusals:
        where = f"{path}:{refusal.position.line}"
        complain(f"{where}: not restored: {refusal.reason}; this is a bug of awesome-lint, please report it")
    is_put_back = _put_back(found.input, fixed, problems)
    refused = {refusal.position.line for refusal in fixed.refusals}
    return [
        Restored(
            path,
            each,
            is_put_back and is_written(each, unsafe=options.unsafe_fixes) and each.link.line not in refused,
        )
        for each in found.findings
    ]


def _put_back(old: Input, fixed: Fixed, problems: Problems) -> bool:
    """Write the text that was *fixed* to where *old* was read from; False where that fails, which is reported."""
    if old.file is None:
        write_bytes(fixed.source.to_bytes())
        return True
    if fixed.source.raw == old.source.raw:
        return True
    with problems.caught():
        write_atomically(old.file, fixed.source.to_bytes(), expected=old.source.to_bytes())
        return True
    return False
