"""A bullet is formatted differently from the others.

Nine hundred bullets read `[Name](link) - What it is.`, and one has a long dash, starts with a lower-case letter or
lacks the full stop: reviewers have to point this out again and again.

Without configuration, only a clear convention counts: what at least 95 % of 20 or more bullets do that begin with a
link and have a description.  The rule checks the dash or colon after the name, the capital at the start of the
description and the full stop at its end, which a link alone does not need.  A badge, an emoji or a task box may come
before the name; badges, code, emoji and notes in brackets may come between the name and the dash, or after the full
stop.  Words that have no capital of their own (`iOS`, `p2p`, `npm`, code) are left alone, and so are bullets that are a
label with links: `Talks: [one](…), [two](…)`.  Without configuration, more is left alone: the name itself, a word that
occurs nowhere else in the list and may be a name, and descriptions that end in a link, an image, code or a bracket.

A dash with nothing after it is reported wherever most dashes are followed by a description.

## Wrong

```toml
[[lists]]
separator = "-"
description = { capital = true, final-punctuation = "required" }
```

```markdown
- [Ada](https://example.org/ada) – edits text
```

## Right

```toml
[[lists]]
separator = "-"
description = { capital = true, final-punctuation = "required" }
```

```markdown
- [Ada](https://example.org/ada) - Edits text.
```

## Configuration

In a schema of `[[lists]]`: `name` (how a bullet begins), `exclude` (which
bullets are left alone, by how they begin), `links` (how many it contains), `separator`, and under
`description` `capital`, `small` (words that need no capital), `final-punctuation`, `max-length`, `banned-words` and
`repeats-name`.  Breaking such a requirement is an error; for the rest, conventions count.

## Fix

The fix corrects the separator, the space around it, the capital and the full stop.  If the configuration requires
them, replacing one dash by another, using a plain space and adding a full stop are safe.  Everything else is unsafe:
words after a name may be part of it, and a lower-case letter may be intended.

## Related rules

`unspaced-marker`, `unsorted-entries`, `misspelt-name`

## When to switch it off

If each entry is written freely, or another tool already formats them.  Without configuration the rule reports nothing
in such lists.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

from msgspec import Struct

from awesome_lint.diagnostic import Applicability, Edit, Fix, Severity, Shared, Violation
from awesome_lint.regex import regex
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._bullets import (
    Bullet,
    ends_behind_stop,
    holds_words,
    is_link_alone,
    read_bullets,
    text_up_to_stop,
)
from awesome_lint.rules._messages import fitted
from awesome_lint.rules._style import StyleFault, begins_small, first_word, style_faults
from awesome_lint.schema import DescriptionSchema, FinalPunctuation, LinkCount, ListSchema, NameStyle, TextSchema
from awesome_lint.semantic.conventions import convention
from awesome_lint.source import Source, Span
from awesome_lint.text.sentences import SENTENCE_ENDS, ends_sentence

_LEAST_BULLETS = 20
_SHARE = 0.95
"""The fewest bullets, and the share of them, that make a convention."""

_DASHES = ("-", "–", "—", "--")
_DASH_KINDS = {*_DASHES, "‐", "‑", "−", "---"}
_OTHER_SPACE = regex(r"[^\S \t\n]")
_CLINGING = (":", "：", ",", ".")
_SMALL_WORD = regex(r"[a-z]{2,}(?=[\s,;:]|\.\s|\.?$)(?!\s+(?:is|are)\b)")
"""What begins a description small by mistake; in "libfoo is a library" it is a name."""
_WORD = regex(r"[^\W_]+")
_ENDING = regex(r"[a-z]{2,}(?:able|al|ed|ful|ible|ing|ive|less|ly|ous)")
"""Words with an ending that names hardly have."""
_CLAUSE = regex(
    r"(?:\s+(?:is|are|was|has|can|will|adds|aims|allows|automates|brings|builds|combines|contains|converts|creates|"
    r"delivers|enables|generates|gives|handles|helps|includes|lets|makes|manages|offers|provides|removes|replaces|"
    r"simplifies|supports|takes|turns|uses|wraps)\b|\s+[-–—]+\s|\s*[,:]\s|[.!]?$)",
    re.IGNORECASE,
)
"""What follows a name that is repeated: a verb that is hardly ever a noun, a mark, or nothing."""
_VERB = regex(r"\s+[a-z]+[^s\W]s\s+(?!(?:and|at|by|for|from|in|into|of|on|or|to|via|with|without|[a-z]+ed)\b)[^\W_]+")
"""A verb and its object, “guesses things”; “filters in C”, “filters written in C”, “images for servers” are nouns."""
_SENTENCES = regex(r"[.!?]\s|\b(?:etc|inc|ltd|co|al|e\.g|i\.e)\.$", re.IGNORECASE)


def check(context: Context) -> Iterator[Violation]:
    """Yield the bullets of *context* that are written in another way than they should be."""
    source = context.document.source
    schemas = {bullets.span: schema for bullets, schema in context.lists_with_schema}
    bullets = read_bullets(context.entries, source)
    words = cache(lambda: Counter(_WORD.findall(source.text.lower())))
    usual = _convention([bullet for bullet in bullets if _follows_conventions(bullet)], source)
    yield from _unfinished(bullets, source)
    for bullet in bullets:
        schema = schemas.get(bullet.entry.container.span)
        if schema and bullet.style not in schema.exclude:
            yield from _check(_Checked(bullet, schema, source, is_convention=False))
        if _follows_conventions(bullet):
            yield from _check(_Checked(bullet, _left_open(usual, schema), source, is_convention=True, words=words))


def _unfinished(bullets: Sequence[Bullet], source: Source) -> Iterator[Violation]:
    """The bullets that end with the dash before their description, where most dashes are followed by one."""
    dashed = [bullet for bullet in bullets if source[bullet.mark] in _DASHES]
    found = [bullet for bullet in dashed if _ends_with_mark(bullet, source)]
    if 2 * len(found) >= len(dashed):
        return
    for bullet in found:
        mark = source[bullet.mark]
        yield Violation(
            bullet.mark,
            fitted("“{}” has a `{}` but no description after it", bullet.entry.title, mark),
            help=f"Write the description, or remove the `{mark}`",
            entry=bullet.entry.title,
            severity=Severity.WARNING,
        )


def _ends_with_mark(bullet: Bullet, source: Source) -> bool:
    """Whether nothing follows the mark, neither text nor a list nor another block of the item."""
    rest = source[Span(bullet.content.span.end, bullet.item.span.end)]
    return bullet.body.start >= bullet.body.end and not rest.strip()


def _follows_conventions(bullet: Bullet) -> bool:
    """Whether *bullet* is one of those that lists write alike: a link and its description."""
    return bullet.style is NameStyle.LINK and bullet.body.start < bullet.body.end


def _left_open(usual: ListSchema, schema: ListSchema | None) -> ListSchema:
    """What of *usual* the configuration, if there is any, says nothing about."""
    if schema is None:
        return usual
    configured, common = schema.description, usual.description
    description = DescriptionSchema(
        capital=common.capital and not configured.capital,
        small=configured.small,
        final_punctuation=None if configured.final_punctuation else common.final_punctuation,
        repeats_name=True,  # the schema has the word on that
    )
    return ListSchema(separator=usual.separator if schema.separator is None else None, description=description)


class _Checked(Struct, frozen=True):
    """A bullet and what is expected of it; a convention excuses more than the configuration does."""

    bullet: Bullet
    schema: ListSchema
    source: Source
    is_convention: bool
    words: Callable[[], Mapping[str, int]] = Counter
    """How often each word is in the list; needed only where a description begins small."""

    @property
    def name(self) -> str:
        return self.bullet.entry.title

    @property
    def description(self) -> str:
        return self.bullet.description

    @property
    def ends_plainly(self) -> bool:
        """Whether nothing but text is at the end: no link, image, code, bracket or further list."""
        content, end = self.bullet.content, self.bullet.body.end
        spans = [*(link.span for link in content.links), *(tag.span for tag in content.tags), *content.code_spans]
        last = self.source.text[end - 1]
        return not (self.bullet.item.lists or any(span.end == end for span in spans)) and (
            last.isalnum() or last in SENTENCE_ENDS
        )

    def violation(  # noqa: PLR0913 - all but the first three are keywords that may be left out
        self,
        span: Span,
        message: str,
        help_text: str,
        edit: Edit | None = None,
        *,
        is_doubtful: bool = False,
        many: str = "",
    ) -> Violation:
        """What to report of this bullet.

        A *doubtful* edit is unsafe even where the configuration requires it.  *many* is what is said of all bullets
        with the same fault, where there are many.
        """
        severity = Severity.WARNING if self.is_convention else Severity.ERROR
        is_safe = not self.is_convention and not is_doubtful
        applicability = Applicability.SAFE if is_safe else Applicability.UNSAFE
        # A pipe may have been meant as the edge of a cell.
        fix = Fix(help_text, (edit,), applicability) if edit and "|" not in f"{edit.replaces}" else None
        shared = Shared(many, many, most_apart=_MOST_APART) if many else None
        return Violation(span, fitted("{}", message), help_text, self.name, severity, fix=fix, shared=shared)


def _check(checked: _Checked) -> Iterator[Violation]:
    yield from _against_form(checked)
    bullet = checked.bullet
    if bullet.body.start < bullet.body.end and holds_words(bullet, checked.source):
        yield from _against_separator(checked)
        for fault, clause in _style_faults(checked):
            if not (_is_allowed(fault, checked) or (checked.is_convention and _is_excused(fault, checked))):
                help_text, edit = _answer(fault, checked)
                message = fitted("The description of “{}” {}", checked.name, clause)
                # “npm” may be written small on purpose, and nothing tells it from a common word.
                doubt, many = fault is StyleFault.SMALL, _MANY.get(fault, "")
                yield checked.violation(bullet.body, message, help_text, edit, is_doubtful=doubt, many=many)
        if not checked.schema.description.repeats_name and _repeats(checked):
            message = fitted("The description of “{}” begins with the name again", checked.name)
            yield checked.violation(bullet.body, message, "Describe it without repeating its name")


def _style_faults(checked: _Checked) -> Iterator[tuple[StyleFault, str]]:
    """What is wrong with the style of the description; what follows its last sentence does not make it longer."""
    schema = checked.schema.description
    for fault, clause in style_faults(checked.description, schema):
        if fault is StyleFault.LONG:
            text = text_up_to_stop(checked.bullet, checked.source, SENTENCE_ENDS)
            yield from style_faults(text, TextSchema(max_length=schema.max_length))
        else:
            yield fault, clause


def _against_form(checked: _Checked) -> Iterator[Violation]:
    schema, bullet = checked.schema, checked.bullet
    if schema.name and bullet.style is not schema.name and not bullet.names_links:
        styles = _STYLES[bullet.style], _STYLES[schema.name]
        message = fitted("“{}” begins with {}, not with {}", checked.name, *styles)
        yield checked.violation(bullet.content.span, message, f"Begin with {_STYLES[schema.name]}")
    count = sum(not link.image for link in bullet.content.links)
    is_right = {LinkCount.NONE: count == 0, LinkCount.ONE: count == 1, LinkCount.SOME: count > 0}
    if schema.links and not is_right[schema.links]:
        links = "1 link" if count == 1 else f"{count or 'no'} links"
        message = fitted("“{}” has {}, not {}", checked.name, links, _COUNTS[schema.links])
        yield checked.violation(bullet.content.span, message, f"Write {_COUNTS[schema.links]} there")


_MANY = {
    StyleFault.SMALL: "{count} descriptions begin with a lower-case letter",
    StyleFault.OPEN: "{count} descriptions do not end with a full stop",
    StyleFault.CLOSED: "{count} descriptions end with a full stop or a similar mark",
}
_MOST_APART = 10
"""The most faults of one kind that are still reported one by one."""
_STYLES = {NameStyle.LINK: "a link", NameStyle.BOLD: "bold text", NameStyle.CODE: "code", NameStyle.TEXT: "plain text"}
_COUNTS = {LinkCount.NONE: "none", LinkCount.ONE: "one", LinkCount.SOME: "at least one"}


def _against_separator(checked: _Checked) -> Iterator[Violation]:
    bullet, source, wanted = checked.bullet, checked.source, checked.schema.separator
    found = source[bullet.mark]
    if wanted is None:
        return
    if found == wanted:
        yield from _against_space(checked, wanted)
        return
    edit = _separation(bullet, wanted, source)
    advice = f"Write [name](url){'' if wanted in _CLINGING else ' '}{wanted} Description"
    if found:
        if not (checked.is_convention and found in ",."):
            message = fitted("“{}” has “{}” instead of “{}” before its description", checked.name, found, wanted)
            doubt = not {found, wanted} <= _DASH_KINDS
            many = "{count} entries have a different separator before their description from the others"
            yield checked.violation(bullet.mark, message, advice, edit, is_doubtful=doubt, many=many)
    elif not checked.is_convention or _lacks_mark(source[bullet.body], wanted):
        message = fitted("“{}” has no “{}” before its description", checked.name, wanted)
        many = "{count} entries have no separator before their description"
        # It may belong to the name, or continue a sentence that the name begins.
        yield checked.violation(bullet.body, message, advice, edit, is_doubtful=True, many=many)


def _against_space(checked: _Checked, wanted: str) -> Iterator[Violation]:
    """A no-break space beside the mark: it is shown like any other, and whoever searches for `` - `` misses it."""
    bullet, source = checked.bullet, checked.source
    if not checked.is_convention and _OTHER_SPACE.search(source[bullet.gap]):
        message = fitted("“{}” has a no-break space next to its “{}”", checked.name, wanted)
        yield checked.violation(bullet.gap, message, "Use a normal space", _separation(bullet, wanted, source))


def _lacks_mark(body: str, wanted: str) -> bool:
    """Whether *body*, which follows the name at once, is a description: no badge, no “is a tool” after the name."""
    return body[0].isalnum() and f" {wanted} " not in body and not _CLAUSE.match(f" {body}")


def _separation(bullet: Bullet, wanted: str, source: Source) -> Edit:
    """Write *wanted* between name and description, with a space on each side unless it clings to the name."""
    if "\n" in source[bullet.gap]:
        return Edit(bullet.mark, wanted if bullet.mark.end > bullet.mark.start else f"{wanted} ", source[bullet.mark])
    return Edit(bullet.gap, f"{wanted} " if wanted in _CLINGING else f" {wanted} ", source[bullet.gap])


def _is_allowed(fault: StyleFault, checked: _Checked) -> bool:
    """Whether *fault* is none: a word without a capital of its own, a stop with a badge or a note after it."""
    bullet = checked.bullet
    if fault is StyleFault.OPEN:
        return ends_behind_stop(bullet, checked.source, SENTENCE_ENDS) or is_link_alone(bullet, checked.source)
    if fault is not StyleFault.SMALL:
        return False
    # Code, a link or emphasis at the start is a name; what follows a sign, as in “@user” or “:tada:”, is no beginning.
    if not checked.source.text[bullet.body.start].isalnum():
        return True
    # Without a mark, the name itself begins the sentence, and what is missing is the mark.
    if bullet.mark.start == bullet.mark.end and checked.schema.separator:
        return True
    word = first_word(checked.description)
    if word in checked.name.split():
        return True
    return not all(part.isalpha() and part.islower() for part in re.split(r"[-‐‑/'’]", word))


def _is_excused(fault: StyleFault, checked: _Checked) -> bool:
    """Whether the list cannot have meant this bullet: written small on purpose, or not ending in plain text."""
    body = checked.source[checked.bullet.body]
    if fault is StyleFault.SMALL:
        word = _SMALL_WORD.match(body)
        names = f"{checked.name} {checked.bullet.entry.url}".casefold()
        return word is None or word[0] in names or _may_be_name(word[0], checked)
    return not checked.ends_plainly or (fault is StyleFault.CLOSED and _SENTENCES.search(body) is not None)


def _may_be_name(word: str, checked: _Checked) -> bool:
    """Whether *word* stands nowhere else in the list and has no ending that tells it from a name."""
    return _ENDING.fullmatch(word) is None and checked.words()[word] == 1


def _answer(fault: StyleFault, checked: _Checked) -> tuple[str, Edit | None]:
    """What to do about *fault*, and the edit that does it where plain text is there."""
    (start, end), text = checked.bullet.body, checked.source.text
    if fault is StyleFault.SMALL:
        is_plain = _SMALL_WORD.match(text, start, end) is not None
        edit = Edit(Span(start, start + 1), text[start].upper(), text[start]) if is_plain else None
        return "Begin with a capital letter", edit
    if fault is StyleFault.OPEN:
        is_plain = checked.ends_plainly and text[end - 1].isalnum()
        return "End with a full stop", Edit(Span(end, end), ".", "") if is_plain else None
    if fault is StyleFault.CLOSED:
        is_plain = checked.ends_plainly and text[end - 1] in SENTENCE_ENDS
        return f"Remove the final “{text[end - 1]}”", Edit(Span(end - 1, end), "", text[end - 1]) if is_plain else None
    return ("Shorten it" if fault is StyleFault.LONG else "Reword it"), None


def _repeats(checked: _Checked) -> bool:
    """Whether the description begins "Ada is …" where it is that of Ada."""
    name, description = checked.name, checked.description
    rest = description[len(name) :]
    if not name or not description.casefold().startswith(name.casefold()) or rest[:1].isalnum():
        return False
    return _CLAUSE.match(rest) is not None or (description.startswith(name) and _VERB.match(rest) is not None)


def _convention(bullets: Sequence[Bullet], source: Source) -> ListSchema:
    """What nearly all *bullets* have in common."""
    mark = _common(source[bullet.mark] for bullet in bullets)
    checked = [_Checked(bullet, ListSchema(), source, is_convention=True) for bullet in bullets]
    small = _common(begins_small(each.description) for each in checked if source.text[each.bullet.body.start].isalpha())
    ended = _common(ends_sentence(each.description) for each in checked if each.ends_plainly)
    endings = {True: FinalPunctuation.REQUIRED, False: FinalPunctuation.FORBIDDEN, None: None}
    description = DescriptionSchema(capital=small is False, final_punctuation=endings[ended])
    return ListSchema(separator=mark or None, description=description)


_T = TypeVar("_T")


def _common(values: Iterable[_T]) -> _T | None:
    """What nearly all *values* are; None if they differ or are few."""
    return convention(values, least=_LEAST_BULLETS, share=_SHARE)


RULE = Rule("entry-style", Group.ENTRY, check, severity=Severity.WARNING)
