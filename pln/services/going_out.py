"""The way to the network as the owner wishes it: the proxy, and what lies at home and may be reached."""

from __future__ import annotations

from dataclasses import replace

from pln.model.errors import UsageError
from pln.services.allowed_places import allowed_places
from pln.services.context import Context
from pln.services.preferences import preferences, save_preferences
from pln.sources.http import Http
from pln.sources.http_proxy import DIRECT, SYSTEM, chosen, parsed

__all__ = ["DIRECT", "SYSTEM", "choose_proxy", "http_for"]


def http_for(ctx: Context) -> Http:
    """What every request of a run goes through; to be closed by `with`."""
    return Http(allow=allowed_places(ctx), proxies=chosen(preferences(ctx).proxy))


def choose_proxy(ctx: Context, setting: str, *, origin: str = "") -> str:
    """Go out directly ("none"), as this computer says ("system"), or through "http://name:port", "socks5://name:port".

    Returns the setting as it is kept. Raises UsageError for an address that is none, or that holds a password: that
    would come into every export of the settings.
    """
    setting = setting.strip() or DIRECT
    if setting not in (DIRECT, SYSTEM):
        proxy = parsed(setting)
        if proxy.auth:
            raise UsageError(
                "No password here, please",
                "PLN uses proxies with a password only where this computer's own settings name them. "
                "Nothing was changed.",
            )
        host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
        setting = f"{proxy.kind}://{host}:{proxy.port}"
    save_preferences(ctx, replace(preferences(ctx), proxy=setting), origin=origin)
    return setting
