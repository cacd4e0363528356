"""Write the rules' pages, ``docs/rules/``, from their docstrings; ``--check`` only says whether they are current."""

from __future__ import annotations

import sys
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


def outdated() -> list[str]:
    """The names of the files that are missing, not current, or of no rule."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main(arguments: list[str]) -> int:
    """Write or check the pages; 1 if a check finds any that is not current."""
    names = outdated()
    if "--check" in arguments:
        for name in names:
            print(f"docs/rules/{name} is not current; run python tools/rule_pages.py")
        return int(bool(names))
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for name in names:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
