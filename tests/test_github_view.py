"""What pages show of an example is what GitHub shows, and does nothing."""

from __future__ import annotations

import pytest

from tools.github_view import as_on_github


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        pytest.param("# A\n\nb", '<div class="github-h1">A</div> <p>b</p>', id="no heading of the page"),
        pytest.param("[a](http://b)", '<p><span class="github-link" title="http://b">a</span></p>', id="no link"),
        pytest.param("![a](http://b/c.png)", '<p><span class="github-image">a</span></p>', id="nothing is fetched"),
        pytest.param("x <script>alert(1)</script> y", None, id="nothing runs"),
        pytest.param("<b id=x onclick='y()'>z</b>", "<p><b>z</b></p>", id="no attributes"),
        pytest.param("x <b>y", "<p>x <b>y</b></p>", id="what is open is closed"),
        pytest.param("x</div> y", "<p>x y</p>", id="nothing is closed that is not open"),
        pytest.param(
            "`a\\|b`\n\n```\nc\n\nd\n```", "<p><code>a\\|b</code></p> <pre><code>c&#10;&#10;d</code></pre>", id="code"
        ),
    ],
)
def test_examples_are_inert(markdown: str, html: str | None) -> None:
    shown = as_on_github(markdown)
    assert "<script" not in shown
    assert "\n" not in shown
    assert html is None or shown == html
