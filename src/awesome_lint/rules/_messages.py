"""Messages of a length that a reader takes in at a glance."""

from __future__ import annotations

LONGEST = 120
"""The most characters of a message; tests hold all rules to it."""
_LEAST = 12
"""The fewest characters of a name that are kept."""


def fitted(template: str, *names: str) -> str:
    """*template* with *names* in the places of its ``{}``, cut to one length where the message gets too long."""
    folded = [" ".join(name.split()) for name in names]
    room = LONGEST - len(template.format(*[""] * len(names)))
    most = max(map(len, folded), default=0)
    while most > _LEAST and sum(min(len(name), most) for name in folded) > room:
        most -= 1
    return template.format(*(cut(name, most) for name in folded))


def literal(text: str) -> str:
    """*text* for a template of `fitted`, where it is neither filled in nor cut."""
    return text.replace("{", "{{").replace("}", "}}")


def cut(text: str, most: int) -> str:
    """*text* in one line of at most *most* characters; where it is longer, ``…`` ends it, before a closing quote."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    end = "…”" if text.endswith("”") else "…"
    return text[: most - len(end)].rstrip() + end
