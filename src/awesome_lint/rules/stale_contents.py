'''The table of contents and the headings disagree.

A reader finds sections by the table of contents.  Who adds a section often forgets to list it there, and two
sections of one name ("Others") easily end up with the same link.

Reported are headings that are missing although most of their siblings are listed, a heading that is listed
twice in one list, and an item that carries one heading's name but leads to another.  Only headings after the
contents count; "License", "Contributing", "References" and the like may be left out, and so may whole levels.
A link to a heading that is gone is `dangling-anchor`'s business.

## Wrong

```markdown
## Contents

- [Annotation](#annotation)
- [Segmentation](#segmentation)
- [Registration](#registration)

## Annotation

## Detection

## Segmentation

## Registration
```

```markdown
- [Papers](#papers)
  - [Surveys](#surveys)
  - [Others](#others)
- [Datasets](#datasets)
  - [Others](#others)

# Papers
## Surveys
## Others
# Datasets
## Others
```

## Right

```markdown
## Contents

- [Annotation](#annotation)
- [Segmentation](#segmentation)
- [Registration](#registration)

## Annotation

## Segmentation

## Registration

## License
```

## Fix

A missing item is inserted behind the item of the section before it, written as that one is.  A link that is
meant for another heading is redirected to it.
'''

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from awesome_lint.contents import Contents, ContentsItem, fragment
from awesome_lint.diagnostic import Applicability, Edit, Fix, Related, Severity, Violation
from awesome_lint.entries import fold_title
from awesome_lint.markdown import Document, Heading, LinkKind, ListItem
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.source import Span

_OFTEN_LEFT_OUT = frozenset(
    {
        *("about", "acknowledgement", "acknowledgements", "acknowledgment", "acknowledgments", "author", "authors"),
        *("backtotop", "bibtex", "changelog", "citation", "citations", "citing", "codeofconduct", "contact"),
        *("contactus", "content", "contents", "contribute", "contributing", "contribution", "contributions"),
        *("contributor", "contributors", "copyright", "credits", "disclaimer", "donate", "donation", "faq"),
        *("feedback", "footnote", "footnotes", "howtocontribute", "index", "intro", "introduction", "legal"),
        *("licence", "license", "licensing", "maintainer", "maintainers", "miscellaneous", "news", "note", "notes"),
        *("overview", "preface", "reference", "references", "relatedlists", "relatedprojects", "seealso", "sponsor"),
        *("sponsors", "sponsorship", "stargazers", "starhistory", "support", "supportus", "tableofcontent"),
        *("tableofcontents", "thanks", "thankyou", "toc", "todo", "update", "updates"),
        *("目录", "目錄", "许可", "许可证", "授權", "贡献", "贡献者", "引用", "参考", "参考文献", "致谢", "联系我们", "更新日志"),
        *("目次", "ライセンス", "参考資料", "謝辞", "목차", "라이선스", "содержание", "лицензия", "оглавление", "авторы"),
        *("licencia", "lizenz", "mitwirken", "contribuer", "contribuir", "remerciements", "mentions"),
    }
)
"""Folded headings that lists leave out of their contents; "miscellaneous" is none of them only if it is listed."""
