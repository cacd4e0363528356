"""Documents that mix all of Markdown, drawn from a seed: what the parser must read as GitHub does.

They hold tables in all containers and beside all other blocks, lazy lines, all seven kinds of HTML block, footnotes,
definitions, front matter, character references, odd white space and all line endings, well-formed or not.  Tables as
people keep them come with their damage: wrapped, glued, detached and doubled rows, delimiter rows that do not fit.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_WORDS = (
    "a", "bc", "Word", "2024", "中文", "é", "x\u00a0y", "a\u2028b", "$", "-", "N/A", "i.e.", "www", "http", "^", "^1",
)  # fmt: skip
_INLINES = (
    *_WORDS, "`x|y`", "`x`", "``a`b``", "` `", "`", "``", "[l](http://u)", "[l](u v)", "[l](<u v>)", "[l](u 't')",
    "[l](u \"t\\\"\")", "[l]( u )", "[l]()", "[l](a(b)c)", "[l](a(b)", "[l](u\\_v&amp;w)", "![i](p.png)", "![i]",
    "![a `b` <b>c</b> [d](e)](p)", "[![i](p)](u)", "[a [b](c) d](e)", "[a [b](c) [d] e](f)", "[a ![b](c) d]", "[r]",
    "[R][]", "[t][r]", "![r]", "[t] [r]", "[r](", "[u]", "[^1]", "[^n]", "[^n ]", "[^None]", "[^*1*]", "![^1]",
    "[^1](u)", "[^1][r]", "[a[^1]](u)", "[^]", "[^ 1]", "[\\^1]", "[", "]", "(", ")", "](", "![", "<http://z>",
    "<a@b.co>", "<m:x>", "<b>", "</b>", "<br>", "<br/>", "<b c=\"d\" e='f' g=h i>", "<a href='q'>t</a>",
    "<img src=x>", "<!-- c -->", "<!--> c", "<!-- a --- b -->", "<!--", "-->", "<?p?>", "<!X y>", "<![CDATA[z]]>",
    "<", ">", "<a b", "<a b=>", "</a b>", "<1>", "**b**", "*e*", "_u_", "__v__", "***w***", "*", "**", "_", "~~s~~",
    "~s~", "~~~", "~", "*a _b* c_", "**a*", "a_b_c", "*~a~*", "~*a*~", "\\|", "\\\\|", "\\*", "\\", "\\&amp;",
    "AT\\&amp;T", "&amp;", "&lt;", "&copy;", "&#35;", "&#x1F600;", "&#0;", "&ampx", "&nosuch;", "&#64;",
    "http://e.org/a_b_", "http://e.org/?a&amp;b;", "https://e.org).", "HTTP://E.org", "http://a_b.c",
    "http://中.org/x", "http://", "ftp://f.g", "www.e.org", "(www.e.org/(a))", "www.a_b", "a@b.co", "a.@b.co",
    "a@b@c.de", "mailto:a@b.co", "xmpp:a@b.co/c", "a@b.c-", "_a_@b.co", "!", "!x", "|", "\v", "\f", "\u3000", "\t",
)  # fmt: skip
_LABELS = ("r", "R", "u", "t", "^1", "^n", "1", "a b", "r\\]", "")
_DESTINATIONS = ("http://ref", "u", "<u v>", "<>", "a(b", "http://y\\_z", "u&amp;v", "中", "")
_TITLES = ("", "", " 't'", ' "t"', " (t)", "\n't'", '\n  "t\nu"', " 't' x", " t", "\n't' x")
_DELIMITERS = ("---", "-", ":-:", " - ", "--:", ":--", "-\v", "\f-", ": -", "")
_TAGS = (
    "div", "p", "details", "summary", "table", "center", "h2", "ul", "li", "b", "a", "span", "x-y", "meta",
    "search", "br",
)  # fmt: skip
_HTML = (
    "<{t}>", "</{t}>", "<{t}>{i}</{t}>", "<{t} a='b'>", "<{t}/>", "<{t} />", "<{t}", "<{t} a=\"", "<{t}>{i}",
    "</{t}><br>", "<{t}><{t}>{i}", "<{t}>\n\n</{t}>", "<{t}>\n{i}", "</{t} >", "<{t}></{t}>", "<{t}>  ", "<{t}>\t",
    "<{t}>{i} | {i}", "<script>\n\n{i}\n</script>", "<pre>{i}</pre>", "<style\n{i}\n</STYLE> {i}", "<textarea>\n\n",
    "<!-- {i} -->", "<!--\n\n{i}", "<!-- {i}\n\n--> {i}", "<?php\n\n{i} ?>", "<?", "<!X {i}>", "<!X\n\n{i}",
    "<!doctype html>", "<![CDATA[\n\n{i}]]>", "<!-- -->",
)  # fmt: skip
_OTHERS = (
    "# {i}", "## {i} ##", "### {i} # x", "#", "####### {i}", "#{i}", "# #", "#\t{i}", "   # {i}", "{i}\n===",
    "{i}\n---", "{i}\n{i}\n=", "{i}\n-", "===", "---", "***", "_ _ _", "- - -", "* * *", "--", "```\n{i}\n```",
    "```{i}\n| a |\n|---|", "~~~ {i}\n{i}\n~~~~", "``` a`b\n{i}", "    {i}", "\t{i}", "    {i}\n\n    {i}",
    "      | a |\n|-|", "{i}\n    {i}", "{i}  \n{i}", "{i}\\\n{i}", "+", "-", "1.", "-\n  {i}", "+ {i}", "3) {i}",
    "10. {i}\n2. {i}", "1. {i}\n2) {i}", "-{i}", ">", ">{i}", "> {i}\n{i}", "> # {i}\n{i}", ">     {i}\n{i}",
    "> ```\n{i}", "- {i}\n{i}", "- # {i}\n{i}", "- ```\n  x\n  ```\n{i}", "> {i}\n===", "> {i}\n---", "- {i}\n===",
    "- a\n\n  {i}\n{i}", "* {i}\n  * {i}\n    * {i}", "-\t{i}", "-     {i}", "- \t- {i}",
)  # fmt: skip


_HEADERS = (
    ("Name", "Year"),
    ("Name", "Paper", "Year"),
    ("Technique", "Title", "DB", "Year"),
    ("名称", "论文", "年份"),
    ("", "🏷️ Tag", "Notes"),
    ("#", "Name", "Link", "Stars", "Licence", "Year"),
)
_CELLS = (
    "[pdf](https://e.org/{n})", "[[code]](https://e.org/{n})", "https://e.org/{n}", "-", "", "a longer note", "CNN",
    "RNN+CNN", "x[^1]", "[p](https://e.org/{n}) [c](https://e.org/c{n})", "`a\\|b`", "A\\|B", "*{n} %*", "<br>",
    "&amp;", "see <b>{n}</b>", "[![i](https://e.org/{n}.svg)](https://e.org/{n})", "AT\\&amp;T", "[r]", "$a_{n}$",
    "\u3000", "🧪", "- ", "N/A", "Dec. 2017", "\u00a0", "\u00a0x\u00a0", "\u200b", "✅", "👩\u200d🔬", "中文，说明",
    "（注）", "a\tb", "\f", "x\v", "`x`", "`a | b`", "$|x|$", "(a | b)", "[a | b](https://e.org/{n})", "<https://e.org/{n}>",
    "www.e.org/{n}", "a{n}@e.org", "x[^1] y[^n]", "<!-- {n} -->", "<a href=\"https://e.org/{n}\">p</a>", "1.2k", "MIT",
    "<img src=\"https://e.org/{n}.png\" alt=\"ø | ø\">", "[![i][r]](https://e.org/{n})", "**x**, *y*", "a & b", "{n} |",
)  # fmt: skip
_NAMES = (
    "Alpha",
    "Beta net",
    "γ-Net",
    "深度学习",
    "🧪 lab",
    "**Bold**",
    "x_y",
    "[Alpha](https://e.org/a{n})",
    "~~Old~~ new",
)
_EXTRA = (
    "|",
    " | ",
    "**",
    "[",
    "`",
    "<!--",
    "<br>",
    "\\",
    ")",
    "(",
    "_",
    "~",
    "&",
    ":",
    " ",
    "\u00a0",
    "\f",
    "\t",
    "  ",
)
_BETWEEN = (
    "", "", "", "text", "<!-- x -->", "<br>", "<hr>", "</details>", "<div>", "***", "---", "- x", "1. x", "> x",
    "    x", "```", "[r]: u", "[^n]: y", "# x", "|", "|-|-|", "| --- |", "&nbsp;", "\u00a0", "\u3000", "\f", "\t",
    "<p align=\"center\">",
)  # fmt: skip
_HOLDERS = (
    ("- ", "  "), ("1. ", "   "), ("* ", "  "), ("> ", "> "), (">", ">"), ("> - ", ">   "), ("- > ", "  > "),
    ("- - ", "    "), ("[^1]: ", "    "), ("-\t", "\t"), ("> [^n]: ", ">     "),
)  # fmt: skip


class _Writer:
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._blocks: tuple[tuple[int, Callable[[int], str]], ...] = (
            (6, self._table),
            (4, self._list_of_papers),
            (2, self._held_list),
            (6, self._other),
            (4, self._html),
            (3, self._paragraph),
            (3, self._quote),
            (3, self._list),
            (2, self._definition),
            (2, self._footnote),
        )

    def document(self) -> str:
        text = self._blocks_of(0, 5)
        if self._random.random() < 0.3:
            text += f"\n\n[^1]: {self._inline()}\n\n[r]: http://ref 'title'\n"
        if self._random.random() < 0.3:
            text = self._noise(text)
        text = text.replace("![\\^", "! [\\^")  # there cmark-gfm reads on after the text's end
        if text.startswith("---"):
            text = "\n" + text  # nothing but what is meant as front matter may look like it
        return self._ended(self._front_matter() + text if self._random.random() < 0.1 else text)

    def _ended(self, text: str) -> str:
        """*text* with line endings of one of the kinds that there are, or of all of them."""
        random = self._random
        ends = random.choice((("\n",),) * 16 + (("\r\n",),) * 3 + (("\r\n", "\n"), ("\r", "\n", "\r\n"), ("\r",)))
        if random.random() < 0.3:
            text += "\n"
        if len(ends) > 1:
            return "".join([random.choice(ends) if character == "\n" else character for character in text])
        return text.replace("\n", ends[0])

    def _blocks_of(self, depth: int, most: int) -> str:
        random = self._random
        parts = []
        for _ in range(random.randint(1, most)):
            weights = [weight for weight, _ in self._blocks]
            write = random.choices(self._blocks, weights)[0][1]
            parts.append(write(depth))
            parts.append(random.choice(("\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n \n")))
        return "".join(parts[:-1])

    def _inline(self) -> str:
        random = self._random
        parts = [random.choice(_INLINES) for _ in range(random.choice((1, 1, 2, 2, 3, 5)))]
        return random.choice((" ", " ", " ", "", "\t", "  ")).join(parts)

    def _row(self) -> str:
        random = self._random
        cells = [self._inline() if random.random() < 0.8 else "" for _ in range(random.choice((1, 2, 2, 2, 3, 4)))]
        start, end = (
            random.choice(("", "| ", "|", " |", "   | ", "    |")),
            random.choice(("", " |", "|", "| ", "|\v", " |  ")),
        )
        return start + " | ".join(cells) + end

    def _delimiter_row(self) -> str:
        random = self._random
        cells = "|".join([random.choice(_DELIMITERS) for _ in range(random.choice((1, 2, 2, 2, 3)))])
        return random.choice(("|", "|", "", " | ", "    |")) + cells + random.choice(("|", "|", "", " | "))

    def _table(self, _: int) -> str:
        random = self._random
        if random.random() < 0.5:
            width = random.randint(1, 4)
            header = "|".join([""] + [self._inline() for _ in range(width)] + [""])
            start = [header, "|" + random.choice(("---|", "-|", " :-: |")) * width]
        else:
            start = [self._row(), self._delimiter_row()]
        if random.random() < 0.3:
            start.insert(0, self._inline())
        lines = [*start, *(self._row() for _ in range(random.randint(0, 3)))]
        if random.random() < 0.2:
            lines.insert(random.randint(0, len(lines)), self._html(0))
        return "\n".join(lines)

    def _list_of_papers(self, _: int) -> str:
        """A table as people keep it, with the damage that happens to it."""
        random = self._random
        header = random.choice(_HEADERS)
        style = random.choice(("|{}|", "| {} |", "{}", "|  {} |  "))
        joint = random.choice(("|", " | ", " | ", "  |\t"))
        rows = [list(header), [random.choice(("-", ":-:", "---")) for _ in header]]
        if random.random() < 0.1:
            del rows[random.randint(0, 1)][-1]
        for _ in range(random.randint(0, 5) if random.random() < 0.9 else random.randint(10, 40)):
            middle = [random.choice(_CELLS) for _ in header[2:]]
            rows.append([random.choice(_NAMES), *middle, random.choice(("2015", "2016", "2017", ""))])
        lines = [style.format(joint.join(cells)).replace("{n}", str(random.randint(0, 20))) for cells in rows]
        for _ in range(random.choice((0, 0, 1, 1, 2, 4, 1 + len(lines) // 4))):
            self._damage(lines)
        return "\n".join(lines)

    def _held_list(self, _: int) -> str:
        """The same within a list item, a quote or a footnote, after a line of text or at once."""
        random = self._random
        start, rest = random.choice(_HOLDERS)
        lead = random.choice(("", "", f"{self._inline()}\n\n", f"{self._inline()}\n", "\n"))
        lines = (lead + self._list_of_papers(0) + random.choice(("", f"\n\n{self._inline()}"))).split("\n")
        for _ in range(random.choice((0, 0, 0, 1, 2))):
            place = random.randrange(len(lines))
            lines[place] = random.choice((" ", "\t", ">", "> ", "- ")) + lines[place]
        lazy = random.choice((0.0, 0.0, 0.05, 0.3))
        return "\n".join([start + lines[0], *(("" if random.random() < lazy else rest) + line for line in lines[1:])])

    def _damage(self, lines: list[str]) -> None:
        random = self._random
        index = random.randrange(len(lines))
        line = lines[index]
        place = random.randint(0, len(line))
        spots = [i for i, character in enumerate(line) if character in "|)]( "]
        spot = random.choice(spots) if spots else 0
        lines[index : index + 1] = random.choice(
            (
                [line[:spot] + line[spot + 1 :]],
                [line[:spot] + line[spot + 1 :]],
                [line[:spot], line[spot + 1 :]],
                [line[:place] + random.choice(_EXTRA) + line[place:]],
                [random.choice(_BETWEEN), line],
                [line, random.choice(_BETWEEN)],
                [random.choice((" ", "  ", "    ", "\t", "> ", "- ")) + line],
                [line, line],
                [line + random.choice((" |", "| x |", "|"))],
                [line.rpartition("|")[0]],
                [line + random.choice((" ", "| ")) + random.choice(lines)],
            )
        )

    def _filled(self, pattern: str) -> str:
        while "{i}" in pattern:
            pattern = pattern.replace("{i}", self._inline(), 1)
        return pattern.replace("{t}", self._random.choice(_TAGS))

    def _other(self, _: int) -> str:
        return self._filled(self._random.choice(_OTHERS))

    def _html(self, _: int) -> str:
        return " " * self._random.choice((0, 0, 0, 1, 3, 4)) + self._filled(self._random.choice(_HTML))

    def _paragraph(self, _: int) -> str:
        return "\n".join([self._inline() for _ in range(self._random.randint(1, 3))])

    def _definition(self, _: int) -> str:
        random = self._random
        label, destination = random.choice(_LABELS), random.choice(_DESTINATIONS)
        space = random.choice((" ", "", "\n", "  \n "))
        return f"{' ' * random.choice((0, 0, 3, 4))}[{label}]:{space}{destination}{random.choice(_TITLES)}"

    def _footnote(self, depth: int) -> str:
        random = self._random
        start = f"[^{random.choice(('1', 'n', 'N', 'a b', 'x|y'))}]:{random.choice((' ', ' ', '', chr(9)))}"
        return self._contained(start, random.choice(("    ", "    ", "\t", "   ", "")), depth)

    def _quote(self, depth: int) -> str:
        start = self._random.choice(("> ", "> ", ">", ">\t", "   > ", ">>"))
        return self._contained(start, self._random.choice((start, start, "> ", ">")), depth)

    def _list(self, depth: int) -> str:
        random = self._random
        items = []
        for _ in range(random.randint(1, 3)):
            start = random.choice(("- ", "- ", "* ", "1. ", "2. ", "-   ", " - ", "-\t", "-      "))
            items.append(self._contained(start, " " * random.choice((len(start), len(start), 2, 4, 1)), depth))
        return random.choice(("\n", "\n\n")).join(items)

    def _contained(self, start: str, rest: str, depth: int) -> str:
        random = self._random
        content = self._blocks_of(depth + 1, 3) if depth < 3 else self._inline()
        lines = content.split("\n")
        lazy = random.choice((0.0, 0.0, 0.2, 1.0))
        return (
            start + lines[0] + "".join(["\n" + ("" if random.random() < lazy else rest) + line for line in lines[1:]])
        )

    def _front_matter(self) -> str:
        end = self._random.choice(("---\n", "---\n", "...\n", "--- \n\n", "----\n", ""))
        return "---\n" + self._random.choice(("", "title: a | b\n", "a: b\n# c\nd:\n  - e\n", "Text\n", "- a\n")) + end

    def _noise(self, text: str) -> str:
        random = self._random
        for _ in range(random.randint(1, 3)):
            place = random.randint(0, len(text))
            if random.random() < 0.5:
                text = text[:place] + random.choice(" \t\n|-:>`*_[]()<&\\\v\f#=~^!\u2028\u00a0") + text[place:]
            else:
                text = text[:place] + text[place + random.randint(1, 2) :]
        return text


def document(seed: int) -> str:
    """The document of *seed*."""
    return _Writer(seed).document()
