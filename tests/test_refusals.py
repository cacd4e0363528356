"""Fixes that could not be proved once, because a rule took text for a table or a link that GitHub shows otherwise."""

from __future__ import annotations

import pytest

from awesome_lint.fixing import fix
from awesome_lint.source import Source
from tests.markdown.oracle import rendered

LIVE = '<a href="x|y">live</a>'
TEXTS = {
    "space beside an address in a rejected table": "| a | b |\n| --- |\n| [A]( https://a.org/ ) | x |\n",
    "link in code across the cells of a rejected table": "b\n-|-\n`|[]( /b`\n",
    "bare address before what looks like a link": ">b\n>-|-\nhttp://8|[]( t)\n",
    "link over two lines of a rejected table": "b\n-:|-|\n[\nf](http://e.org)\n",
    "tag over two lines of a rejected table": '>e|s\n>-:\n<a href="h\n>">\n',
    "live link with a pipe in a rejected table": f"a | b\n-|-|-\n1 | {LIVE} | 3\n1 | 2 | 3\n",
    "live link with a pipe in detached rows": f"a | b\n-|-\n1 | 2\n\n| 1 | {LIVE} |\n",
    "value beyond the columns of a rejected table": "|a|b|c|\n|-|-|-|-|\n" + "|1||||\n" * 8 + "|1|2|3|4|5|\n",
    "rows behind a list item": "e||\n-|-\n1. ||r\n\n   --|-|\n",
    "header indented like code after a paragraph": "b\n    | e|\n| --|\n",
    "header indented by a tab after a paragraph": "|\n\tr\n-:\n",
    "lazy header in a list": "-  N\n |\n   -:\n",
    "lazy header in a quote": "> N\na|b\n> -|-\n",
    "address that ends in an open parenthesis": "[a](( )\n",
    "rows behind rows that stay": "||||\n|-|-|-\n\n||b\n\n-:|-|-\n",
    "comment in front of a row": "e|Y\n-|-\n<!-->||\n",
    "anchor given twice": '# P\n\n- [B](#b)\n- [C](#c)\n- [D](#d)\n- [E](#e)\n\n<a name="c"></a>\n\n'
    + "".join(f"### {name}\n\n- [{name}lib](https://{name}.example.org)\n\n" for name in "BCDE"),
}


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_nothing_is_refused(text: str, unsafe: bool) -> None:
    result = fix(Source(text), unsafe=unsafe)
    assert result.refusals == ()
    if LIVE in text:
        assert '<a href="x|y">live</a>' in rendered(result.source.text)
    assert fix(result.source, unsafe=unsafe).source.text == result.source.text


def test_spaces_are_removed_in_a_rejected_table() -> None:
    result = fix(Source(TEXTS["space beside an address in a rejected table"]))
    assert "| [A](https://a.org/) | x |" in result.source.text
