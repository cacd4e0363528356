from awesome_lint.semantic.conventions import convention, is_convention


def test_a_convention_is_frequent_and_usual() -> None:
    assert is_convention(9, 10, least=5, share=0.9)
    assert not is_convention(8, 10, least=5, share=0.9)
    assert not is_convention(4, 4, least=5, share=0.9)


def test_the_value_that_is_a_convention() -> None:
    assert convention("aaab", least=3, share=0.75) == "a"
    assert convention("aabb", least=2, share=0.75) is None
    assert convention("", least=0, share=0.5) is None
