"""The configuration: ``.awesome-lint.toml``, or ``[tool.awesome-lint]`` in ``pyproject.toml``."""
