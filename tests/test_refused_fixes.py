"""The benchmark that counts refused fixes: the same documents for a seed, and what it counts."""

from __future__ import annotations

import random

import pytest

from awesome_lint.fixing import Fixed, fix
from awesome_lint.source import Source
from benchmarks import refused_fixes
from tests.test_fixing import proposing


def test_a_seed_gives_the_same_documents() -> None:
    first, second = random.Random(3), random.Random(3)
    documents = [refused_fixes.generated(first) for _ in range(20)]
    assert documents == [refused_fixes.generated(second) for _ in range(20)]
    assert len(set(documents)) == 20


def test_refusals_are_counted_by_rule_and_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def harmful(source: Source, *, unsafe: bool) -> Fixed:
        return fix(source, unsafe=unsafe, rules=[proposing("harmful", ("word", ""))])

    monkeypatch.setattr("awesome_lint.fixing.fix", harmful)
    tally = refused_fixes.Tally()
    tally.look_at("a word\n", unsafe=False)
    tally.look_at("another word\n", unsafe=False)
    assert tally.counts == {"applied": 0, "refused: harmful: it would lose the text …": 2}


@pytest.mark.slow
def test_generated_documents_are_fixed_without_refusals() -> None:
    rng = random.Random(5)
    tally = refused_fixes.Tally()
    for number in range(60):
        tally.look_at(refused_fixes.generated(rng), unsafe=number % 2 == 1)
    assert [what for what in tally.counts if what.startswith("refused")] == []
    assert tally.counts["applied"] > 100
