"""Words for what of a configuration fits nothing that was checked."""

from __future__ import annotations

from collections.abc import Iterator, Set

from awesome_lint.config.finding import ConfigurationText
from awesome_lint.config.places import KeyPath, find_places, place_of, show_path

_WHY = {
    "section": "matches no heading above any of the checked {}",
    "header": "none of the checked {} has these columns",
    "columns": "none of the matching {} has this column",
    "sort": "none of the matching {} has this column",
    "pattern": "is not in any checked text",
}
_NOUNS = {"tables": "tables", "lists": "lists", "counts": "entries"}


def describe_idle(text: ConfigurationText, idle: Set[KeyPath]) -> Iterator[str]:
    """Yield a line for each path of *idle*, in the order of *text*; of a schema that means nothing only the reason."""
    places = find_places(text.text)
    for path in sorted(idle, key=lambda path: (place_of(places, (*text.section, *path)), str(path))):
        kind, schema = str(path[0]), path[:2]
        if kind not in text.data:
            continue  # it comes from what the configuration extends
        is_schema = len(path) == 2
        reasons = {(*schema, key) for key in ("section", "header")} & idle
        if (is_schema and reasons) or (len(path) > 2 and schema in idle and path not in reasons and kind != "counts"):
            continue
        why = "matches none of the checked {}" if is_schema else _WHY[str(path[2])]
        place = place_of(places, (*text.section, *path))
        yield f"{text.name}:{place.line}:{place.column}: {show_path(path)}: {why.format(_NOUNS[kind])}"
