"""The legend defines an abbreviation that the list never uses.

That does no harm, so it is only info.  Often the entries that used it were removed, or spell it differently.

Several names for the same thing ("MR/MRI") count as one.  If most of a legend is unused, it was probably not written
for this list, and nothing is reported.

## Wrong

```markdown
*Technique:*

- CNN: Convolutional Neural Network
- GAN: Generative Adversarial Network
- RBM: Restricted Boltzmann Machine

| Paper | Technique |
| --- | --- |
| Alpha | CNN |
| Beta | GAN |
```

## Right

```markdown
*Technique:*

- CNN: Convolutional Neural Network
- GAN: Generative Adversarial Network
- MR/MRI: Magnetic Resonance Imaging

| Paper | Technique |
| --- | --- |
| Alpha | CNN |
| Beta | GAN for MRI |
```

## Related rules

`unknown-abbreviation`, `redefined-abbreviation`

## When to switch it off

If the legend is shared by several files, of which each uses a part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from awesome_lint.diagnostic import Severity, Shared, Violation
from awesome_lint.rule import Context, Group, Rule
from awesome_lint.rules._messages import fitted
from awesome_lint.semantic.legends import Abbreviation, Legend
from awesome_lint.semantic.mentions import used_names
from awesome_lint.semantic.titles import fold_title

_WELL_USED = 0.6


def check(context: Context) -> Iterator[Violation]:
    """Yield the abbreviations of *context* that nothing but their legend mentions."""
    names = {abbreviation.name for legend in context.legends for abbreviation in legend.abbreviations}
    used = used_names(context.document, names, [legend.span for legend in context.legends])
    for legend in context.legends:
        groups = _by_meaning(legend)
        unused = [group for group in groups if not any(abbreviation.name in used for abbreviation in group)]
        if len(groups) - len(unused) >= _WELL_USED * len(groups):
            for group in unused:
                names_of_group = " or ".join(f"“{abbreviation.name}”" for abbreviation in group)
                yield Violation(
                    group[0].span,
                    fitted("{} is defined in the legend but never used", names_of_group),
                    help="Remove it from the legend, unless entries will use it",
                    shared=Shared("unused", "{count} abbreviations of the legend are never used"),
                )


def _by_meaning(legend: Legend) -> list[list[Abbreviation]]:
    groups: defaultdict[str, list[Abbreviation]] = defaultdict(list)
    for abbreviation in legend.abbreviations:
        if not abbreviation.is_nested:
            groups[fold_title(abbreviation.meaning)].append(abbreviation)
    return list(groups.values())


RULE = Rule("unused-abbreviation", Group.ABBREVIATION, check, severity=Severity.INFO)
