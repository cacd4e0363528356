"""Prompting on a terminal for what ``awesome-lint add`` adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from awesome_lint.adding.add import Added
from awesome_lint.adding.addition import AddError, Addition
from awesome_lint.adding.fields import Field, fields_of
from awesome_lint.adding.target import Target, find_target, listed, sections_of
from awesome_lint.linter.engine import lint
from awesome_lint.markdown import parse
from awesome_lint.report.inert import inert
from awesome_lint.semantic.model import ListModel

if TYPE_CHECKING:
    from awesome_lint.linter.settings import Settings
    from awesome_lint.source import Source


def ask(source: Source, addition: Addition, settings: Settings) -> Addition:
    """*addition* completed with answers from the terminal: the section, unless it is given, and each field.

    Raises `AddError` if *source* has nothing to add to, and `click.Abort` if the user interrupts.
    """
    model = ListModel(parse(source))
    target, section = _target(model, addition)
    answers = [(field, _answer(field)) for field in fields_of(target, settings.schemas)]
    known = {field.key: text for field, text in answers if field.key and text}
    cells = {field.label: text for field, text in answers if not field.key and text}
    return replace(addition, section=section, values=cells, **known)


def confirm(added: Added, settings: Settings) -> bool:
    """Show the new line of *added* and what is wrong with it, and ask whether to write it."""
    line = added.source.line_span(added.line)
    _show(added.written)
    found = [each for each in lint(added.document, settings).diagnostics if line.contains(each.span)]
    for each in found:
        _show(f"{each.severity}[{each.rule}]: {each.message}")
    return click.confirm(f"Add it as line {added.line}?", default=not found, err=True)


def _target(model: ListModel, addition: Addition) -> tuple[Target, str | None]:
    """The table or list to add to, and the heading that names it; asks until there is one."""
    section = addition.section
    names = sections_of(model)
    if section is None and len(names) > 1:
        _show(f"Sections: {listed(names)}")
        section = _section()
    while True:
        try:
            return find_target(model, replace(addition, section=section)), section
        except AddError as error:
            if section is None or addition.section is not None:
                raise
            _show(f"Error: {error}")
            section = _section()


def _section() -> str:
    answer: str = click.prompt("Section", err=True)
    return answer


def _answer(field: Field) -> str:
    """The answer for *field*, empty if it is skipped; `confirm` shows what the rules find in it."""
    hint = f" ({', '.join(field.values)})" if field.values else ""
    label = inert(f"{field.label}{hint}{'' if field.required else ' [optional]'}")
    text: str = click.prompt(label, default=None if field.required else "", show_default=False, err=True)
    return text.strip()


def _show(text: str) -> None:
    click.echo(inert(text), err=True)
