"""Bringing back the addresses that the links of a list have lost.

`read` gives the list with its links closed, `find_losses` the links that have no address of their own any more,
`Search` looks for their addresses, and `write_addresses` puts in what was found.
"""

from __future__ import annotations

from awesome_lint.restore.closing import close_links
from awesome_lint.restore.endpoints import ENDPOINTS, EndpointError, parse_endpoints
from awesome_lint.restore.losses import find_losses, hidden_hosts
from awesome_lint.restore.memory import Memory, path_beside
from awesome_lint.restore.model import Candidate, Finding, Loss, LostLink, Outcome, Source
from awesome_lint.restore.search import Asking, Search
from awesome_lint.restore.trails import follow
from awesome_lint.restore.wrappers import decode
from awesome_lint.restore.writing import is_written, write_addresses

__all__ = [
    "ENDPOINTS",
    "Asking",
    "Candidate",
    "EndpointError",
    "Finding",
    "Loss",
    "LostLink",
    "Memory",
    "Outcome",
    "Search",
    "Source",
    "close_links",
    "decode",
    "find_losses",
    "follow",
    "hidden_hosts",
    "is_written",
    "parse_endpoints",
    "path_beside",
    "write_addresses",
]
