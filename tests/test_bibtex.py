"""Tables as BibTeX."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from awesome_lint.export.bibtex import render_bibtex
from tests.test_export import PAPERS, selected


def test_bibtex() -> None:
    assert (
        render_bibtex([selected(PAPERS)])
        == """\
@misc{unet-2015,
  title = {{U-Net}},
  howpublished = {MICCAI},
  year = {2015},
  eprint = {1505.04597},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/1505.04597v1},
}

@misc{vnet-2016,
  title = {{V-Net}},
  howpublished = {3DV},
  year = {2016},
  eprint = {1606.04797},
  archiveprefix = {arXiv},
  url = {https://arxiv.org/abs/1606.04797},
}

@misc{wnet-model-more-2018,
  title = {{W-Net: a model \\& more}},
  year = {2018},
  url = {https://example.org/w},
}

@misc{survey-50-it-2017,
  title = {{Survey of 50\\% of it}},
  year = {2017},
  url = {https://example.org/s},
}
"""
    )


def bibtex(rows: str, header: str = "| Paper | Journal | Conference | Date |\n| - | - | - | - |\n") -> str:
    return render_bibtex([selected(header + rows)])


def test_bibtex_kinds_and_identifiers() -> None:
    journal = bibtex("| [Alpha beta](https://doi.org/10.1000/AB_1) | TMI | - | May 2016 |\n")
    assert journal.startswith("@article{alpha-beta-2016,\n  title = {{Alpha beta}},\n  journal = {TMI},\n")
    assert "  doi = {10.1000/ab_1},\n" in journal
    conference = bibtex("| [Alpha beta](https://example.org/a) | | CVPR 2017 | |\n")
    assert conference.startswith("@inproceedings{alpha-beta-2017,\n")
    assert "  booktitle = {CVPR 2017},\n" in conference
    preprint = bibtex("| [Alpha](https://arxiv.org/abs/1606.04797) | arXiv 2016 | | |\n")
    assert preprint.startswith("@misc{alpha-2016,")
    assert "journal" not in preprint


def test_bibtex_leaves_out_what_may_stand_in_a_wrong_column() -> None:
    text = bibtex("| [Alpha](https://example.org/a) | [data](https://example.org/d) | 2016 |\n")
    assert text == "@misc{alpha-2016,\n  title = {{Alpha}},\n  year = {2016},\n  url = {https://example.org/a},\n}\n"


@given(st.text(min_size=1, max_size=30))
def test_bibtex_stays_well_formed(title: str) -> None:
    text = title.replace("|", "").replace("\n", " ").replace("\r", " ")
    found = bibtex(f"| [{text}](<https://example.org/{{{text}}}>) | {text} | {text} | 2016 |\n")
    depth = 0
    for character in found:
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0
    keys = [line for line in found.splitlines() if line.startswith("@")]
    assert all(line.partition("{")[2].isascii() and line.endswith(",") for line in keys)


def _keys(rows: list[str]) -> dict[str, str]:
    found = bibtex("".join(rows), "| Paper | Year |\n| - | - |\n")
    entries = found.split("@misc{")[1:]
    return {entry.partition("url = {")[2].partition("}")[0]: entry.partition(",")[0] for entry in entries}


def test_bibtex_keys_do_not_depend_on_the_order() -> None:
    rows = [f"| [Deep learning for images](https://example.org/{name}) | 2016 |\n" for name in "abc"]
    rows += ["| [深度学习](https://example.org/d) | 2016 |\n", "| [Other](https://example.org/e) | 2016 |\n"]
    keys = _keys(rows)
    assert len({*keys.values()}) == len(keys) == 5
    assert _keys(rows[::-1]) == keys
    assert {**keys, **_keys(rows[1:])} == keys or _keys(rows[1:])["https://example.org/e"] == "other-2016"
    assert _keys([*rows, rows[0]]) == keys, "what is listed twice is written once"
