"""The rules' pages, ``docs/rules/``, made from their docstrings."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from awesome_lint.rule import Rule
from awesome_lint.rules import RULES

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
_INTRODUCTION = """# Rules

Each rule says one thing. `awesome-lint explain RULE` shows its page in a terminal. Errors fail a run; warnings do with
`--strict`. The name of a group stands for all its rules, wherever rules are named: `--select link`.
"""


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
    return f"# {rule.name}\n\n*{rule.group}, {rule.severity}{_condition(rule)}*\n\n{rule.page}\n"


def _condition(rule: Rule) -> str:
    if rule.online:
        return "; runs with `--links`"
    return "" if rule.default else "; off by default"


def files() -> dict[Path, str | None]:
    """The pages by their paths; None stands for a page that belongs to no rule."""
    return {**dict.fromkeys(FOLDER.glob("*.md")), **{FOLDER / name: text for name, text in pages().items()}}
