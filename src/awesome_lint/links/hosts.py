"""What is known about particular hosts, read from ``hosts.toml`` beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Container
from functools import cache
from importlib.resources import files

from msgspec import Struct

from awesome_lint.text.public_suffixes import domain_at_registry, registered_domain


class Pace(Struct, frozen=True):
    """The pace for a host: requests in flight at once, seconds between two starts."""

    in_flight: int
    interval: float


class Hosts(Struct, frozen=True):
    """The table; every name stands for itself and its subdomains."""

    skipped: frozenset[str]
    not_found_means_nothing: frozenset[str]
    parking: frozenset[str]
    parking_marks: tuple[str, ...]
    permanent_by_design: frozenset[str]
    multi_tenant: frozenset[str]
    paces: dict[str, Pace]


@cache
def hosts() -> Hosts:
    """The table, read once."""
    table = tomllib.loads(files(__package__).joinpath("hosts.toml").read_text(encoding="utf-8"))
    return Hosts(
        frozenset(table["skipped"]),
        frozenset(table["not-found-means-nothing"]),
        frozenset(table["parking"]),
        tuple(table["parking-marks"]),
        frozenset(table["permanent-by-design"]),
        frozenset(table["multi-tenant"]),
        {name: Pace(pace["in-flight"], pace["interval"]) for name, pace in table["lanes"].items()},
    )


def covering(host: str, names: Container[str]) -> str | None:
    """The one of *names* that is *host* or a domain above it, or None."""
    while host:
        if host in names:
            return host
        host = host.partition(".")[2]
    return None


def is_shared(host: str) -> bool:
    """Whether *host* is one of many names that a service gives to whoever comes (``a.github.io``)."""
    if covering(host, hosts().multi_tenant):
        return True
    name = host.removesuffix(".")
    registered = None if ":" in name or name[-1:].isdigit() else domain_at_registry(name)
    return registered is not None and site(host) != registered


def site(host: str) -> str:
    """The part of *host* that one owner registered (``b.co.uk`` of ``a.b.co.uk``); *host* itself where unknown."""
    name = host.removesuffix(".")
    if ":" in name or name[-1:].isdigit():
        return name  # an address
    return registered_domain(name) or name
