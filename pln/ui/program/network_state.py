"""What Qt tells of the network: whether there is one, and whether its data is paid for."""

from __future__ import annotations

from PySide6.QtNetwork import QNetworkInformation

from pln.services.surroundings import Surroundings, on_battery

_Reach, _Medium = QNetworkInformation.Reachability, QNetworkInformation.TransportMedium


def surroundings() -> Surroundings:
    """As they are now. On the window's thread; the first call loads a plugin of Qt."""
    known = _information()
    if known is None:
        return Surroundings(battery=on_battery())
    reach = known.reachability()
    return Surroundings(
        online=None if reach == _Reach.Unknown else reach != _Reach.Disconnected,
        metered=known.isMetered() or known.transportMedium() == _Medium.Cellular,
        battery=on_battery(),
    )


def _information() -> QNetworkInformation | None:
    """None where this system has no plugin that tells."""
    if QNetworkInformation.instance() is None:
        QNetworkInformation.loadDefaultBackend()
    return QNetworkInformation.instance()
