"""What the header of a column says about its values, in the languages in which lists are written."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from functools import lru_cache

from awesome_lint.regex import regex
from awesome_lint.semantic import labels

_WORD = regex(r"[^\W_]+")
_WORD_OR_SIGN = regex(r"[^\W_]+|#")
_ABBREVIATION = regex(r"abbr|acronym|symbol|short|\bcode\b|\bterm\b|notation|缩写|略称|简称|符号", re.IGNORECASE)


class Meaning(Enum):
    """What a column holds."""

    TITLE = auto()
    NAME = auto()
    THING = auto()
    """What an entry is: a tool, a dataset"""
    WORK = auto()
    """A publication, mostly by its title"""
    POST = auto()
    """A position, of which one company has several"""
    AUTHOR = auto()
    DESCRIPTION = auto()
    NOTE = auto()
    YEAR = auto()
    """In which year something was published"""
    DATE = auto()
    """When it was published, more exactly perhaps"""
    CHECKED = auto()
    """When it was looked at or changed last"""
    VENUE = auto()
    """Where it was published"""
    JOURNAL = auto()
    CONFERENCE = auto()
    COUNTRY = auto()
    LICENCE = auto()
    NUMBER = auto()
    """The number of a row"""
    PRICE = auto()
    STARS = auto()
    IMAGE = auto()
    ADDRESS = auto()
    CODE = auto()
    PDF = auto()
    DATASET = auto()


_WORDS = {
    Meaning.TITLE: "title titles 标题 题目 篇名 標題 タイトル título titre titel",
    Meaning.NAME: "name 名称 名字 资源名 名稱 名前 이름 название имя الاسم nombre nom nome",
    Meaning.THING: """
        api app application book corpus course dataset datasets detector framework language lib library model package
        platform product project proposal repo repository resource service site software system tool website
        项目 模型 大模型 数据集 工具 モデル プロジェクト проект proyecto projet projekt
        النموذج المشروع المورد الورقة المجموعة الأداة الشركة المطور
    """,
    Meaning.WORK: "paper papers article publication 论文 論文 논문 статья artículo",
    Meaning.POST: "job opening position positions post role roles vacancy 岗位 职位 職位 должность puesto poste stelle",
    Meaning.AUTHOR: "author authors 作者 著者 автор авторы auteur autor",
    Meaning.DESCRIPTION: "abstract desc description summary 描述 说明 説明 описание descripción الوصف الملخص",
    Meaning.NOTE: "comment comments note notes remark remarks 备注",
    Meaning.YEAR: "year years 年份 年 公開年 发表年份 السنة год año année jahr ano",
    Meaning.DATE: "date dates published released release publication 日期 日付 дата",
    Meaning.CHECKED: "update updated added accessed access last crawled checked",
    Meaning.VENUE: "venue venues jc 发表 期刊会议",
    Meaning.JOURNAL: "journal journals 期刊 revista revue журнал",
    Meaning.CONFERENCE: "conference conferences proceedings booktitle 会议 會議 конференция",
    Meaning.COUNTRY: "country 国家",
    Meaning.LICENCE: "licence license licences licenses ライセンス 许可证 лицензия",
    Meaning.NUMBER: "# id index no nr num number rank sn 序号 编号 番号 номер",
    Meaning.PRICE: "price",
    Meaning.STARS: "stars",
    Meaning.IMAGE: "badge image",
    Meaning.ADDRESS: "链接 地址 الرابط",  # a column "Link" often holds the names of the entries, each with its link
}
_MEANINGS = {
    **{meaning: frozenset(words.split()) for meaning, words in _WORDS.items()},
    Meaning.CODE: labels.CODE,
    Meaning.PDF: labels.PDF,
    Meaning.DATASET: labels.DATASET | {"db", "database"},
}
_OF_VENUES = frozenset({Meaning.VENUE, Meaning.JOURNAL, Meaning.CONFERENCE})


@lru_cache(maxsize=1024)
def meanings(header: str) -> frozenset[Meaning]:
    """What the words of *header* say; empty where they say nothing."""
    words = _WORD.findall(_fold(header))
    found = {*words, "".join(words)}
    return frozenset(meaning for meaning, names in _MEANINGS.items() if not names.isdisjoint(found))


def is_called(header: str, meaning: Meaning) -> bool:
    """Whether the whole of *header* is one of the words for *meaning*."""
    return "".join(_WORD_OR_SIGN.findall(_fold(header))) in _MEANINGS[meaning]


def _fold(header: str) -> str:
    return unicodedata.normalize("NFKC", header).casefold()


def says_date(header: str) -> bool:
    """Whether *header* announces when something was published; when it was last looked at is another matter."""
    found = meanings(header)
    return not found.isdisjoint({Meaning.YEAR, Meaning.DATE}) and found.isdisjoint({*_OF_VENUES, Meaning.CHECKED})


def says_venue(header: str) -> bool:
    """Whether *header* announces where something was published."""
    return not meanings(header).isdisjoint(_OF_VENUES)


def says_journal(header: str) -> bool:
    """Whether *header* announces journals and nothing else."""
    return meanings(header) & _OF_VENUES == {Meaning.JOURNAL}


def says_conference(header: str) -> bool:
    """Whether *header* announces conferences and nothing else."""
    return meanings(header) & _OF_VENUES == {Meaning.CONFERENCE}


def says_abbreviation(header: str) -> bool:
    """Whether *header* announces names that are explained beside them."""
    return _ABBREVIATION.search(header) is not None
