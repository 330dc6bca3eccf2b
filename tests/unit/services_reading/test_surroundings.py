"""On paid data and on battery nothing is fetched by itself, unless wished for; what is unknown forbids nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pln.model.errors import UsageError
from pln.services.context import Context
from pln.services.going_out import choose_proxy
from pln.services.preferences import Preferences, preferences
from pln.services.surroundings import Surroundings, may_go_out, on_battery


@pytest.mark.parametrize(
    ("now", "wishes", "may"),
    [
        (Surroundings(), Preferences(), True),
        (Surroundings(online=False), Preferences(refresh_metered=True, refresh_on_battery=True), False),
        (Surroundings(online=True, metered=True), Preferences(), False),
        (Surroundings(online=True, metered=True), Preferences(refresh_metered=True), True),
        (Surroundings(battery=True), Preferences(), False),
        (Surroundings(battery=True), Preferences(refresh_on_battery=True), True),
        (Surroundings(online=True, metered=False, battery=False), Preferences(), True),
    ],
)
def test_what_the_system_tells_and_the_owner_wishes(now: Surroundings, wishes: Preferences, may: bool) -> None:
    assert may_go_out(now, wishes) is may


def supply(root: Path, name: str, **words: str) -> None:
    (root / name).mkdir(parents=True)
    for key, word in words.items():
        (root / name / key).write_text(f"{word}\n")


def test_battery_as_linux_tells(tmp_path: Path) -> None:
    assert on_battery(tmp_path / "nothing") is None
    supply(tmp_path, "hidpp", type="Battery", scope="Device", status="Discharging")
    assert on_battery(tmp_path) is None, "a mouse is no computer"
    supply(tmp_path, "BAT0", type="Battery", status="Discharging")
    assert on_battery(tmp_path) is True
    supply(tmp_path, "AC", type="Mains", online="1")
    assert on_battery(tmp_path) is False
    (tmp_path / "AC" / "online").write_text("0\n")
    (tmp_path / "BAT0" / "status").write_text("Full\n")
    assert on_battery(tmp_path) is False


def test_a_proxy_is_kept_in_one_form_and_never_with_a_password(context: Context) -> None:
    assert preferences(context).proxy == "system"
    assert choose_proxy(context, "proxy.example:3128") == "http://proxy.example:3128"
    assert choose_proxy(context, "socks5://[::1]") == "socks5://[::1]:1080"
    for wrong in ("http://ada:lace@proxy.example", "ftp://x", "http://"):
        with pytest.raises(UsageError):
            choose_proxy(context, wrong)
    assert preferences(context).proxy == "socks5://[::1]:1080"
    assert choose_proxy(context, "") == "none"
