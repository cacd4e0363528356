"""No room imports a private module of another one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import awesome_lint

PACKAGE = Path(awesome_lint.__file__).parent


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def private_room(name: str) -> str | None:
    """The room of the private module that *name* names, None where it names no such module."""
    parts = name.split(".")
    if parts[0] != PACKAGE.name:
        return None
    module = next((index for index, part in enumerate(parts) if part.startswith("_") and not part.endswith("_")), None)
    if module is None:
        return None
    folder = PACKAGE.joinpath(*parts[1 : module + 1])
    is_module = folder.is_dir() or folder.with_suffix(".py").is_file()
    return ".".join(parts[1:module]) if is_module else None


def test_private_modules_stay_in_their_rooms() -> None:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        room = ".".join(path.relative_to(PACKAGE).parent.parts)
        names = set(imported(ast.parse(path.read_text(encoding="utf-8"))))
        rooms = {name: owner for name in names if (owner := private_room(name)) is not None}
        found[path] = [name for name, owner in rooms.items() if room != owner and not room.startswith(f"{owner}.")]
    assert {str(path): names for path, names in found.items() if names} == {}
    assert private_room("awesome_lint.markdown._broken.find_broken_links") == "markdown"
