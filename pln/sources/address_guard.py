"""Which addresses the program may connect to: the public internet, and what the user allowed by name.

A feed's address or a redirect can point at the router, a printer or a service of this computer. The check is made on
the number that is connected to, after the name was looked up, so that a name cannot change its meaning in between.
"""

from __future__ import annotations

import ipaddress
import socket

from pln.model.errors import NetworkFault

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # an IPv4 address as networks without IPv4 write it


class PrivateAddressRefused(NetworkFault):
    """The address leads to this computer or the home network.

    place: "host:port" as the allow-list of `Http` takes it, to be used if the user says that this is meant.
    """

    def __init__(self, place: str) -> None:
        super().__init__(
            "PLN did not go to this address",
            f"{place} points to this computer or the home network, not to the internet. Nothing was sent to it. "
            "If it is meant, allow it when adding the feed.",
        )
        self.place = place


def place(host: str, port: int) -> str:
    """A host and port in the one form of the allow-list: lower case, IPv6 in brackets."""
    name = host.strip("[]").lower().rstrip(".")
    return f"[{name}]:{port}" if ":" in name else f"{name}:{port}"


def as_number(host: str) -> Address | None:
    """A host that is a number, in any of the ways to write one (127.1, 0x7f.0.0.1, 2130706433), or None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host)) if host.isascii() and " " not in host else None
    except OSError:
        return None


def is_public(text: str) -> bool:
    """Whether a numeric address belongs to the public internet. Every form of IPv4 inside IPv6 is looked through."""
    address: Address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner_ipv4(address)
        if inner is not None:
            address = inner
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _inner_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour
