"""A linter and fixer for curated-list READMEs.

The names in ``__all__`` are the public interface; they are loaded from `awesome_lint.api` when they are first used, so
that importing this package costs nothing.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as in typing, whose import alone would take longer than that of this package
if TYPE_CHECKING:
    from awesome_lint.api import (
        RULES,
        Applicability,
        AppliedFix,
        ConfigurationError,
        Context,
        Diagnostic,
        Document,
        Edit,
        Facts,
        Fix,
        FixResult,
        Group,
        InternalError,
        List,
        ListEntry,
        Position,
        Refusal,
        Related,
        RelatedPlace,
        Rule,
        Severity,
        Source,
        Span,
        Violation,
        check,
        find_config,
        fix,
        parse,
        read,
    )

__all__ = [
    "RULES",
    "Applicability",
    "AppliedFix",
    "ConfigurationError",
    "Context",
    "Diagnostic",
    "Document",
    "Edit",
    "Facts",
    "Fix",
    "FixResult",
    "Group",
    "InternalError",
    "List",
    "ListEntry",
    "Position",
    "Refusal",
    "Related",
    "RelatedPlace",
    "Rule",
    "Severity",
    "Source",
    "Span",
    "Violation",
    "__version__",
    "check",
    "find_config",
    "fix",
    "parse",
    "read",
]


if not TYPE_CHECKING:  # a checker of types would believe in any name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from awesome_lint import api

        value = globals()[name] = getattr(api, name)
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
