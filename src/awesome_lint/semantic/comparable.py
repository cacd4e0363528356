"""Which entries can be told to be the same by their titles, and which sections only point at entries of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awesome_lint.markdown import List, Table
from awesome_lint.regex import regex
from awesome_lint.semantic.entries import Entry
from awesome_lint.semantic.headers import Meaning, meanings
from awesome_lint.semantic.passages import Passages
from awesome_lint.semantic.titles import fold_title, is_label

_LEAST_WIDTH = 3
"""The fewest letters of a title; an ideograph counts as two."""
_SELECTION = regex(
    r"\b(?:changelog|editors?|featured?|getting started|hot|latest|must|new|news|picks?|popular|recent|related)\b"
    r"|\b(?:see also|starter|top|trending|updates?)\b|announce|favou?rite|highlight|recommend"
    r"|acknowledg|author|contribut|credits|maintain|sponsor|最新|更新|新闻|推荐|热门"
)
"""Case-folded headings of what shows entries of the list once more, or people."""


def comparable(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those of *entries* whose titles tell them apart: no labels, numbers, two letters, sentences or vacancies."""
    vacancies: dict[tuple[int, int], bool] = {}
    for entry in entries:
        if entry.is_prose or not _is_telling(entry.title):
            continue
        span = entry.container.span
        if span not in vacancies:
            vacancies[span] = _lists_vacancies(entry.container)
        if not vacancies[span]:
            yield entry


def is_selected(entry: Entry) -> bool:
    """Whether *entry* stands among news, picks or people: there the author does not list, but points."""
    return bool(entry.section) and _SELECTION.search(entry.section[-1].text.casefold()) is not None


def _is_telling(title: str) -> bool:
    folded = fold_title(title)
    width = sum(1 if character.isascii() else 2 for character in folded)
    return width >= _LEAST_WIDTH and not folded.isdigit() and not is_label(title)


def _lists_vacancies(container: Table | List | Passages) -> bool:
    """Whether the rows are positions at companies: several of one company may agree in all but a town or a date."""
    if not isinstance(container, Table):
        return False
    found = [meanings(header) for header in container.columns]
    is_named = any(Meaning.POST not in each and each & {Meaning.NAME, Meaning.TITLE} for each in found)
    return not is_named and any(Meaning.POST in each for each in found)
