"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

output_option = click.option("--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write to FILE.")
color_option = click.option("--color/--no-color", default=None, help="Colour the text; by default on a terminal.")
stdin_option = click.option("--stdin-filename", metavar="NAME", help="The file name to assume for standard input (-).")
