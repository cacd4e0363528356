"""The rules' pages, ``docs/rules/``, made from their docstrings."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from awesome_lint.cli.examples import kinds_of_findings
from awesome_lint.rule import Rule
from awesome_lint.rules import RULES
from tools.github_view import as_on_github

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
_INTRODUCTION = """# Rules

Each rule says one thing. `awesome-lint explain RULE` shows its page in a terminal. Errors fail a run; warnings do with
`--strict`. The name of a group stands for all its rules, wherever rules are named: `--select link`.
"""
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"```markdown\n(.*?)```", re.DOTALL)
_MARKUP = re.compile(r"(?P<code>`[^`]*`)|[\\`*_\[\]<>#&]")
_NAME = re.compile(r"`([a-z]+(?:-[a-z]+)+)`")
_NAMES = frozenset(rule.name for rule in RULES)


def pages() -> dict[str, str]:
    """The pages by their files' names."""
    return {"index.md": _index(), **{f"{rule.name}.md": _page(rule) for rule in RULES}}


def _index() -> str:
    parts = [_INTRODUCTION]
    for group, rules in groupby(RULES, key=lambda rule: rule.group):
        rows = [f"| [{r.name}]({r.name}.md) | {r.severity} | {r.summary.replace('|', chr(92) + '|')} |" for r in rules]
        parts.append("\n".join([f"## {group}", "", "| rule | severity | finds |", "| --- | --- | --- |", *rows, ""]))
    return "\n".join(parts)


def _page(rule: Rule) -> str:
    parts: list[str] = []
    place = 0
    for fence in _FENCE.finditer(rule.page):
        parts += _with_links(rule.page[place : fence.start()], rule), fence[0], _shown(fence[0])
        place = fence.end()
    parts.append(_with_links(rule.page[place:], rule))
    text = "".join(parts).replace("\n## Right\n", f"{_messages(rule)}\n\n## Right\n", 1)
    return f"# {rule.name}\n\n{_in_words(rule)}\n\n{text}\n"


def _messages(rule: Rule) -> str:
    """What the rule says about its faulty examples, so that a reader who searches for a message finds the page."""
    headings = [f"### {_escaped(found.message)}\n" for found, _ in kinds_of_findings(rule)]
    return "\n".join(["", "## Messages", "", *headings]).rstrip("\n")


def _escaped(message: str) -> str:
    """*message* as Markdown: what it has in backticks is code already."""
    return _MARKUP.sub(lambda found: found["code"] or f"\\{found[0]}", message)


def _in_words(rule: Rule) -> str:
    """Whether the rule runs by default and its findings can be fixed, as a sentence."""
    when = "runs with `--links`" if rule.online else "on by default" if rule.default else "off by default"
    fixed = "fixed by `--fix`" if "\n## Fix\n" in rule.page else "not fixed by `--fix`"
    return f"*{str(rule.severity).capitalize()} of the group {rule.group}, {when}, {fixed}.*"


def _with_links(text: str, rule: Rule) -> str:
    """*text* with links to the other rules that it names."""
    return _NAME.sub(lambda name: f"[{name[0]}]({name[1]}.md)" if name[1] in _NAMES - {rule.name} else name[0], text)


def _shown(fence: str) -> str:
    """What GitHub makes of an example."""
    example = _EXAMPLE.fullmatch(fence)
    if not example:
        return ""
    return f'\n\n<div class="on-github" title="As GitHub shows it">{as_on_github(example[1])}</div>'


def files() -> dict[Path, str | None]:
    """The pages by their paths; None stands for a page that belongs to no rule."""
    return {**dict.fromkeys(FOLDER.glob("*.md")), **{FOLDER / name: text for name, text in pages().items()}}
