"""Words by which the text of a link says what kind of thing it leads to: “pdf”, “Code”, “Website”."""

from __future__ import annotations

CODE = frozenset(
    "code codes github gitlab officialcode source sourcecode implementation repo repository 代码 コード".split()
)
PDF = frozenset("pdf pdfs paper papers arxiv fulltext openreview 论文 論文".split())
DATASET = frozenset("data dataset datasets corpus 数据 数据集 データセット".split())
_OTHERS = """
abs abstract androidapp api app appendix article authors benchmark bib bibtex blog blogpost book chapter checkpoint
checkpoints cite clickhere colab comingsoon conference demo demos details discord doc docker docs documentation doi
download downloads example examples extended facebook file files forum git gitee githubrepo googlescholar here hf home
homepage html huggingface image info introduction journal keras learnmore link links livedemo manual matlab mirror
model models modelscope more moreinfo news notebook npm official officialpage officialsite officialwebsite original
package page papercode patent playground podcast post poster preprint presentation press project projectpage
projectwebsite ps pub publication pypi python pytorch readmore readthedocs reference release releases report result
results review sample samples scholar script semanticscholar site slide slides slideshare spec src summary supp
supplement supplementary survey talk techreport tensorflow test text tf thread torch trailer tutorial tweet twitter
unofficial upstream url version video videos view visit web webpage website weight weights wiki wikipedia workshop
youtube zenodo
链接 连接 地址 网址 官网 主页 项目 项目地址 下载 源码 文档 博客 视频 教程 演示 鏈接 程式碼 リンク こちら 링크 논문 코드
الرابط ссылка сайт код статья
enlace artículo código lien hier
"""
LABELS = CODE | PDF | DATASET | frozenset(_OTHERS.split())
"""All of them, as `awesome_lint.semantic.titles.fold_title` folds them."""
