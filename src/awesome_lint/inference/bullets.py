"""The conventions of bullets: one schema for all lists with entries."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from awesome_lint.config.places import KeyPath
from awesome_lint.inference.order import sort_keys
from awesome_lint.markdown import List
from awesome_lint.rule import Context, Rule
from awesome_lint.rules import entry_style, missing_value, unsorted_entries
from awesome_lint.schema import DescriptionSchema, FinalPunctuation, ListSchema, NameStyle, Schemas, SortKey
from awesome_lint.semantic.titles import fold_title
from awesome_lint.source import Spans

_LEAST = 20
"""The fewest bullets whose style is examined."""
_SEPARATORS = ("-", "–", "—", ":")


def infer_list(context: Context) -> tuple[ListSchema, dict[KeyPath, str]] | None:
    """The schema that all lists with entries obey, and what it rests on; None where they obey none."""
    inference = _Inference(context)
    inference.infer()
    return (inference.schema, inference.notes) if inference.schema != ListSchema() else None


class _Inference:
    """What is known about the bullets of a document; each step adds to it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._entries = [entry for entry in context.entries if isinstance(entry.container, List)]
        self._lists = Spans(bullets.span for bullets in context.document.lists)
        self.schema = ListSchema()
        self.notes: dict[KeyPath, str] = {}

    def infer(self) -> None:
        """Take all steps; a bullet may be anything, so there are no exceptions from what holds for all."""
        count = len(self._entries)
        described = sum(bool(entry.description) for entry in self._entries)
        self.notes[()] = f"{count} bullets"
        if count >= _LEAST:
            for name in NameStyle:
                self._try(entry_style.RULE, ListSchema(name=name), "name")
            self._try_description(missing_value.RULE, DescriptionSchema(required=True), "required")
        if described >= _LEAST:
            for separator in _SEPARATORS:
                self._try(entry_style.RULE, ListSchema(separator=separator), "separator")
            self._try_description(entry_style.RULE, DescriptionSchema(capital=True), "capital")
            for mark in FinalPunctuation:
                self._try_description(entry_style.RULE, DescriptionSchema(final_punctuation=mark), "final_punctuation")
        if self._steps() >= _LEAST:
            self._infer_sort()

    def _try(self, rule: Rule, schema: ListSchema, attribute: str) -> None:
        """Take over the *attribute* of *schema* if *rule* finds no bullet that breaks it."""
        if not self._faults(rule, schema):
            self.schema = replace(self.schema, **{attribute: getattr(schema, attribute)})

    def _try_description(self, rule: Rule, settings: DescriptionSchema, attribute: str) -> None:
        """The same for the description."""
        if not self._faults(rule, ListSchema(description=settings)):
            changed = replace(self.schema.description, **{attribute: getattr(settings, attribute)})
            self.schema = replace(self.schema, description=changed)

    def _infer_sort(self) -> None:
        """The order of the names, if none is out of it."""
        for key in sort_keys("name"):
            if not self.schema.sort:
                settings = "name" if key == SortKey(column="name") else key
                self._try(unsorted_entries.RULE, ListSchema(sort=(settings,)), "sort")

    def _faults(self, rule: Rule, schema: ListSchema) -> int:
        """How much *rule* would find in the lists if *schema* were theirs."""
        violations = rule.find(self._context.with_schemas(Schemas(lists=(schema,))))
        return sum(violation.span.start in self._lists for violation in violations)

    def _steps(self) -> int:
        """How many bullets have another name than the one above: so many times an order shows, or does not."""
        return sum(
            one.container is two.container and fold_title(one.title) != fold_title(two.title)
            for one, two in pairwise(self._entries)
        )
