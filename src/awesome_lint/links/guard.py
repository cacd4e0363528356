"""Which targets may be requested at all: the guard against requests into private networks.

A README, a redirect and a name server can all name targets.  The guard therefore judges twice: the URL before
anything is resolved, and the addresses right before a connection is made to one of them.

The address tables follow the IANA special-purpose registries (RFC 6890 and successors, 2026-08), with more left
out than there: multicast, all transition mechanisms but NAT64 and IPv4-mapped, and the platform address of
Azure's virtual machines.  `ipaddress.is_global` is not enough: it lets multicast, ``::127.0.0.1``, NAT64 of
private addresses and ``fec0::1`` pass.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from msgspec import Struct

from awesome_lint.link_status import Reason

Address = IPv4Address | IPv6Address

_BARRED_V4 = tuple(
    IPv4Network(net)
    for net in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3", "168.63.129.16/32"),
    )
)
_PUBLIC_V6 = IPv6Network("2000::/3")
_BARRED_V6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
_NAT64 = IPv6Network("64:ff9b::/96")

_LOCAL_SUFFIXES = (".local", ".internal", ".localhost", ".localdomain", ".lan", ".home.arpa", ".intranet", ".corp")

# The "bad ports" of the WHATWG Fetch standard, https://fetch.spec.whatwg.org/#port-blocking (2026-08).
_BAD_PORTS = frozenset(
    [
        *(0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102),
        *(103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512),
        *(513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719),
        *(1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679),
        *(6697, 10080),
    ]
)


class UnsafeTargetError(Exception):
    """The guard refused a target; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.phrase)
        self.reason = reason


class BadHostError(ValueError):
    """Something that stands where a host name belongs and is none."""


def literal_address(host: str) -> Address | None:
    """The address that *host* spells, None where it is a name.

    Hosts whose last label is a number are IPv4 addresses in any of the spellings that resolvers take
    (``127.1``, ``0x7f.1``, ``2130706433``); raises `BadHostError` where such a host is no address.
    """
    if ":" in host:
        try:
            return ip_address(host)
        except ValueError as error:
            raise BadHostError(host) from error
    last = host.removesuffix(".").rpartition(".")[2]
    if not (last.isdigit() or last.startswith("0x")):
        return None
    try:
        return IPv4Address(socket.inet_aton(host.removesuffix(".")))
    except OSError as error:
        raise BadHostError(host) from error


def is_public(address: Address) -> bool:
    """Whether *address* belongs to the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _BARRED_V4)
    if address.scope_id is not None:
        return False
    inner = address.ipv4_mapped
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _PUBLIC_V6 and not any(address in net for net in _BARRED_V6)


class Guard(Struct, frozen=True):
    """Refuses targets outside the public web; ``allow_private`` lifts the limits on addresses and local names."""

    allow_private: bool = False

    def check_target(self, scheme: str, host: str, port: int) -> None:
        """Judge what a URL names, before it is resolved; raises `UnsafeTargetError`, and `BadHostError` for no host."""
        if scheme not in ("http", "https"):
            raise UnsafeTargetError(Reason.BAD_SCHEME)
        if port in _BAD_PORTS or not 0 < port < 65536:
            raise UnsafeTargetError(Reason.BAD_PORT)
        address = literal_address(host)
        if address is not None:
            self.check_addresses([address], port, named=False)
        elif not self.allow_private:
            name = host.lower().removesuffix(".")
            if "." not in name or name.endswith(_LOCAL_SUFFIXES):
                raise UnsafeTargetError(Reason.LOCAL_NAME)

    def check_addresses(
        self,
        addresses: Iterable[Address],
        port: int,  # noqa: ARG002 - tests judge by port
        *,
        named: bool = True,
    ) -> None:
        """Judge what a name was resolved to: one address that is not public spoils all; raises `UnsafeTargetError`.

        Not *named* is an address that the URL itself spells out.
        """
        if not self.allow_private and not all(map(is_public, addresses)):
            raise UnsafeTargetError(Reason.PRIVATE_NAME if named else Reason.PRIVATE_ADDRESS)
