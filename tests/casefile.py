"""The case files of the rules, `tests/rules/<rule>.md`.

A file is `# rule-name` and then cases, `## Title` each, with fenced blocks (the fence may be of any length):

- `toml`: the configuration, if the case needs any;
- `files`: one path per line, those that exist beside the README; without the block this is unknown;
- `sibling`, `base`: another file that lists the same entries, one that follows this one or is followed by it;
- `elsewhere`: another file of the same configuration, `docs/more.md`;
- `earlier`: the older version that the input is compared with, if any;
- `repository`: what GitHub says about the repository, in TOML: the fields of `Repository`;
- `links`: the result of the link check, in TOML: URLs and the fields of their `LinkStatus`; without it no links are
  checked;
- `markdown`: the input;
- `diagnostics`: what the rule reports, one line `line:column-line:column severity rule.kind message` each;
- `fixed`: the text after the rule's format and safe fixes, left out where they change nothing.

`␠ ␉ ␍` stand for space, tab and carriage return.  Every case is also run with CRLF line endings, as a block quote
and as a list item; `<!-- variants: crlf quote list -->` in a case's prose (or above the first case, for all of them)
says which of these apply, `<!-- variants: none -->` that none does.

`pytest tests/test_rules.py --update` rewrites the last two blocks; read the diff.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from awesome_lint.cli.examples import SIBLINGS, earlier_entries, elsewhere, repository_in, sibling
from awesome_lint.config.finding import parse_configuration
from awesome_lint.config.loading import load, settings_for
from awesome_lint.diagnostic import Diagnostic
from awesome_lint.link_status import Advisory, Hop, LinkStatus, Reason, Replacement, Verdict
from awesome_lint.linter.settings import Settings
from awesome_lint.rule import Group, Rule
from awesome_lint.semantic.facts import Facts

FOLDER = Path(__file__).parent / "rules"
VARIANTS = ("crlf", "quote", "list")

_BLOCK = re.compile(r"^(`{3,})(\w+)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_VARIANTS = re.compile(r"<!-- variants: ([a-z ]+) -->")
_SYMBOLS = str.maketrans({"␠": " ", "␉": "\t", "␍": "\r"})


@dataclass
class Case:
    """One case; `head` is its text up to the end of its input block."""

    rule: Rule
    title: str
    head: str
    variants: tuple[str, ...]
    blocks: dict[str, str] = field(default_factory=dict)

    @property
    def input(self) -> str:
        return self.blocks["markdown"].translate(_SYMBOLS)

    @property
    def fixed(self) -> str:
        """The expected text after fixing."""
        return self.blocks.get("fixed", self.blocks["markdown"]).translate(_SYMBOLS)

    @property
    def settings(self) -> Settings:
        return settings_of(self.rule, self.blocks.get("toml", ""))

    @property
    def facts(self) -> Facts:
        exists = set(self.blocks["files"].splitlines()).__contains__ if "files" in self.blocks else None
        statuses = statuses_in(self.blocks["links"]) if "links" in self.blocks else None
        siblings = (sibling(self.blocks[kind], kind) for kind in SIBLINGS if kind in self.blocks)
        earlier = earlier_entries([self.blocks["earlier"]] if "earlier" in self.blocks else [])
        repository = repository_in(self.blocks.get("repository", ""))
        others = elsewhere([self.blocks["elsewhere"]] if "elsewhere" in self.blocks else [])
        statuses = {} if repository and statuses is None else statuses
        return Facts(exists, statuses, tuple(siblings), earlier, repository, others)


def settings_of(rule: Rule, toml: str = "") -> Settings:
    """The settings of a case of *rule*: it alone runs, or, for what suppressions report, all rules do."""
    settings = settings_for(load(parse_configuration(toml)), None, None)
    if settings.select or rule.group is Group.SUPPRESSION:
        return settings
    return replace(settings, select=frozenset([rule.name]))


def statuses_in(toml: str) -> dict[str, LinkStatus]:
    """What a block of links says, by URL."""
    return {url: _status(url, fields) for url, fields in tomllib.loads(toml).items()}


def _status(url: str, fields: dict[str, Any]) -> LinkStatus:
    """What the web says about *url*, as a case file writes it."""
    rest = {key.replace("-", "_"): value for key, value in fields.items()}
    return LinkStatus(
        url,
        Verdict(rest.pop("verdict")),
        Reason(rest.pop("reason", "answered")),
        hops=tuple(Hop(301, target) for target in rest.pop("hops", [])),
        advisories=tuple(map(Advisory, rest.pop("advisories", []))),
        replacement=Replacement(**rest.pop("replacement")) if "replacement" in rest else None,
        **rest,
    )


def read_cases(rule: Rule) -> tuple[str, list[Case]]:
    """What stands above the first case of *rule*'s file, and its cases."""
    path = FOLDER / f"{rule.name}.md"
    assert path.exists(), f"{rule.name} has no case file: write tests/rules/{path.name} as CONTRIBUTING.md shows"
    preamble, sections = split_sections(path.read_text(encoding="utf-8"))
    cases = []
    for title, text in sections:
        blocks = {block[2]: block for block in _BLOCK.finditer(text)}
        assert "markdown" in blocks, f"no input in {title!r}"
        found = _VARIANTS.search(_blank_out(text)) or _VARIANTS.search(preamble)
        variants = tuple(found[1].split()) if found else VARIANTS
        assert set(variants) <= {*VARIANTS, "none"}, f"unknown variants in {title!r}: {variants}"
        head = text[: blocks["markdown"].end()]
        cases.append(Case(rule, title, head, variants, {name: block[3] for name, block in blocks.items()}))
    return preamble.rstrip("\n"), cases


def split_sections(page: str) -> tuple[str, list[tuple[str, str]]]:
    """The text above the first `## ` heading of *page*, and (title, text with the heading) of each section."""
    starts = [heading.start() for heading in re.finditer(r"^## ", _blank_out(page), re.MULTILINE)]
    texts = [page[start:end] for start, end in pairwise([*starts, len(page)])]
    return page[: starts[0]] if starts else page, [(text[3:].partition("\n")[0], text) for text in texts]


def blocks_in(text: str, kind: str) -> list[str]:
    """The contents of the fenced *kind* blocks in *text*."""
    return [block[3] for block in _BLOCK.finditer(text) if block[2] == kind]


def _blank_out(text: str) -> str:
    """*text* with its fenced blocks blanked, every character at its place."""
    return _BLOCK.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)


def write_cases(rule: Rule, preamble: str, cases: list[Case]) -> None:
    """Write the file of *rule* with the blocks that its cases now hold."""
    parts = [preamble]
    for case in cases:
        parts.append(case.head)
        parts.append(f"```diagnostics\n{case.blocks.get('diagnostics', '')}```")
        if "fixed" in case.blocks:
            parts.append(f"````fixed\n{case.blocks['fixed']}````")
    (FOLDER / f"{rule.name}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def with_symbols(text: str) -> str:
    """*text* with its invisible characters shown, as a case file holds it."""
    text = text.replace("\t", "␉").replace("\r", "␍")
    return re.sub(r" +(?=␍?$)", lambda spaces: "␠" * len(spaces[0]), text, flags=re.MULTILINE)


def describe(diagnostics: list[Diagnostic]) -> str:
    """The `diagnostics` block for *diagnostics*."""
    return "".join(
        f"{d.start.line}:{d.start.column}-{d.end.line}:{d.end.column} {d.severity} {d.name} {d.message}\n"
        for d in diagnostics
    )


def vary(text: str, variant: str) -> str:
    """*text* with CRLF line endings, in a block quote or in a list item."""
    if variant == "crlf":
        return re.sub(r"\r?\n", "\r\n", text)
    lines = text.splitlines()
    if variant == "quote":
        return "".join(f"> {line}".rstrip() + "\n" if not line else f"> {line}\n" for line in lines)
    return "".join(f"{'  ' if number else '- '}{line}\n" if line else "\n" for number, line in enumerate(lines))
