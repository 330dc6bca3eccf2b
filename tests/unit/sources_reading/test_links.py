from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pln.sources.links import safe_target, web_address, without_tracking


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/x?utm_source=s&utm_medium=m", "https://a.example/x"),
        ("https://a.example/x?a=1&UTM_Source=s&b=2&fbclid=9#top", "https://a.example/x?a=1&b=2#top"),
        ("https://a.example/x?a=1&amp;utm_term=2", "https://a.example/x?a=1"),
        ("https://a.example/utm_x?q=clid", "https://a.example/utm_x?q=clid"),
        ("https://a.example/x?b=2;c=%20 d", "https://a.example/x?b=2;c=%20 d"),
    ],
)
def test_tracking_is_dropped_and_the_rest_kept_as_written(link: str, address: str) -> None:
    assert without_tracking(link) == address


@pytest.mark.parametrize(
    ("link", "base", "address"),
    [
        ("x", "https://a.example/d/e", "https://a.example/d/x"),
        ("//b.example/x", "https://a.example/", "https://b.example/x"),
        ("HTTPS://a.example/X", "", "https://a.example/X"),
        ("  https://a.example/ ", "", "https://a.example/"),
        ("x", "", ""),
        ("", "https://a.example/", ""),
        ("javascript:x()", "https://a.example/", ""),
        ("file:///etc/passwd", "https://a.example/", ""),
        ("http://[::1", "https://a.example/", ""),
        ("https://a.example/" + "x" * 5000, "", ""),
        ("http://", "", ""),
    ],
)
def test_web_address(link: str, base: str, address: str) -> None:
    assert web_address(link, base) == address


@given(st.text(), st.sampled_from(["", "https://a.example/d/"]))
def test_target_is_always_web_mail_or_nothing(link: str, base: str) -> None:
    assert safe_target(link, base).lower().startswith(("http://", "https://", "mailto:")) or not safe_target(link, base)
