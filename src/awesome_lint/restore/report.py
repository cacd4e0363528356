"""What a search found, as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from awesome_lint.report.inert import inert
from awesome_lint.restore.model import Candidate, Finding, Outcome

_LONGEST = 70


class Restored(Struct, frozen=True):
    """A finding with the name of its file, and whether its best candidate was written."""

    path: str
    finding: Finding
    written: bool = False


def render_text(restored: Sequence[Restored]) -> str:
    """A line for each lost link, one for each candidate below it, and a summary."""
    lines = [line for each in restored for line in _lines(each)]
    return "".join(f"{inert(line)}\n" for line in (*lines, summarize(restored)))


def _lines(restored: Restored) -> list[str]:
    finding, link = restored.finding, restored.finding.link
    name = link.entry or link.subject.title or link.text or link.url
    label = f"“{_short(link.text)}” of " if link.text and link.text != name else ""
    head = f"{restored.path}:{link.line}:{link.column}: {link.loss}: {label}“{_short(name)}”"
    if not finding.candidates:
        return [f"{head}: {finding.why}"]
    return [f"{head}: {_state(restored)}", *(f"  {_describe(each)}" for each in finding.candidates)]


def _state(restored: Restored) -> str:
    finding = restored.finding
    if restored.written:
        return "restored"
    if finding.outcome is Outcome.AMBIGUOUS:
        return f"choose: {finding.why}"
    if not finding.link.closed:
        return "the link is not closed: close it first"
    return "can be restored (--fix)" if finding.outcome is Outcome.CERTAIN else "probably (--unsafe-fixes)"


def _describe(candidate: Candidate) -> str:
    others = f"; also {', '.join(candidate.others)}" if candidate.others else ""
    sources = ", ".join(candidate.sources)
    return f"{candidate.url} ({candidate.confidence:.2f}, {sources}: {candidate.evidence}){others}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def summarize(restored: Sequence[Restored]) -> str:
    """How many links have lost their address, and what became of them."""
    counts = Counter(_class(each) for each in restored)
    total = sum(counts.values())
    if not total:
        return "No link has lost its address."
    links = "1 link has lost its address" if total == 1 else f"{total} links have lost their addresses"
    parts = [f"{counts[name]} {name}" for name in _CLASSES if counts[name]]
    return f"{links}: {', '.join(parts)}."


_CLASSES = ("restored", "can be restored", "probable", "to choose from", "not found")


def _class(restored: Restored) -> str:
    if restored.written:
        return "restored"
    if restored.finding.outcome is Outcome.UNKNOWN:
        return "not found"
    if restored.finding.outcome is Outcome.AMBIGUOUS or not restored.finding.link.closed:
        return "to choose from"
    return "can be restored" if restored.finding.outcome is Outcome.CERTAIN else "probable"


def render_json(restored: Sequence[Restored]) -> str:
    """An array with an object for each lost link."""
    return json.dumps([_as_dict(each) for each in restored], indent=2) + "\n"


def _as_dict(restored: Restored) -> dict[str, Any]:
    finding, link = restored.finding, restored.finding.link
    return {
        "path": restored.path,
        "line": link.line,
        "column": link.column,
        "text": link.text,
        "entry": link.entry,
        "url": link.url,
        "loss": link.loss,
        "closed": link.closed,
        "outcome": finding.outcome,
        "written": restored.written,
        "why": finding.why,
        "candidates": [
            {
                "url": each.url,
                "sources": list(each.sources),
                "confidence": each.confidence,
                "evidence": each.evidence,
                "title": each.title,
                "others": list(each.others),
            }
            for each in finding.candidates
        ],
    }


RENDERERS = {"text": render_text, "json": render_json}
