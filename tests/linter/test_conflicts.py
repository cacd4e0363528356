"""What is reported and fixed while a merge conflict is unresolved."""

from __future__ import annotations

from awesome_lint.fixing import fix
from awesome_lint.linter.engine import check
from awesome_lint.linter.settings import Settings
from awesome_lint.source import Source

TABLE = """# Tools

|Name|Year|
| --- | --- |
| [Alder](https://a.example.org | 2010 |
<<<<<<< HEAD
| Birch | 2011 |
=======
| Birch | 2012 | 2 |
>>>>>>> branch
| Cedar | 2013 |

- [Dogwood](https:/d.example.org/)
"""


def found(text: str, settings: Settings | None = None) -> list[tuple[int, str]]:
    return [(each.start.line, each.rule) for each in check(Source(text), settings)]


def test_only_what_the_conflict_does_not_touch_is_reported() -> None:
    assert found(TABLE) == [(5, "truncated-link"), (6, "merge-conflict"), (13, "malformed-link")]


def test_nothing_is_fixed_before_it_is_resolved() -> None:
    assert all(each.fix is None for each in check(Source(TABLE)))
    assert fix(Source(TABLE), unsafe=True).source.raw == TABLE
    resolved = "".join(line for line in TABLE.splitlines(keepends=True) if line[0] not in "<=>")
    assert fix(Source(resolved)).source.raw != resolved


def test_nothing_is_fixed_where_the_rule_is_ignored() -> None:
    settings = Settings(ignore=frozenset(["merge-conflict"]))
    assert found(TABLE, settings) == [(5, "truncated-link"), (13, "malformed-link")]
    assert fix(Source(TABLE), settings).source.raw == TABLE


def test_two_conflicts_in_one_table() -> None:
    rows = "<<<<<<< a\n| x |\n=======\n| y |\n>>>>>>> b\n"
    assert found(f"| A | B |\n| --- | --- |\n{rows}{rows}| z |\n") == [(3, "merge-conflict"), (8, "merge-conflict")]
