"""Names of rules and groups on the command line."""

from __future__ import annotations

import click


def split_names(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    """The names in *values*, each a comma-separated list; raises `click.UsageError` for one that is unknown."""
    names = [name.strip() for value in values for name in value.split(",") if name.strip()]
    for name in names:
        require_known(name)
    return frozenset(names)


def require_known(name: str) -> None:
    """Raise `click.UsageError`, with the nearest name, unless *name* is that of a rule or a group."""
    from awesome_lint.rules import rule_names
    from awesome_lint.text.nearest import nearest

    known = rule_names()
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else "'awesome-lint rules' lists them"
        raise click.UsageError(f"there is no rule or group {name!r}; {hint}")
