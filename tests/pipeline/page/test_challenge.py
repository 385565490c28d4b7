"""Challenge pages whose script writes out the cookie that passes them."""

import pytest

from pipeline.page.challenge import asks_for_cookie, cookies_in

RELOAD = "location.reload();"


@pytest.mark.parametrize(
    ("script", "cookies"),
    [
        (f'document.cookie="k=v";{RELOAD}', {"k": "v"}),
        (f"document.cookie = 'wzws=1a2b; path=/; expires=Thu, 01 Jan 2026';\n{RELOAD}", {"wzws": "1a2b"}),
        ("document.cookie='a=1';document.cookie='b=2'; window.location.href='/zbgg/1.jhtml'", {"a": "1", "b": "2"}),
        (f'document.cookie="k="+encode(screen.width);{RELOAD}', {}),
        (f'document.cookie="k=v"+f();{RELOAD}', {}),
        ('document.cookie="k=v";', {}),
    ],
)
def test_literal_cookies_are_taken_and_computed_ones_are_not(script: str, cookies: dict[str, str]) -> None:
    """What a script computes is a challenge to a browser, and is not circumvented."""
    page = f"<html><head><script>{script}</script></head><body>正在跳转</body></html>"
    assert dict(cookies_in(page)) == cookies
    assert asks_for_cookie(page) is ("location" in script)


def test_a_page_with_content_is_no_challenge() -> None:
    """A notice whose script remembers its font size, and may reload, is a notice."""
    text = "本工程已具备招标条件，现对该工程进行公开招标，欢迎参加。" * 10
    assert cookies_in(f'<script>document.cookie="size=16";{RELOAD}</script><p>{text}</p>') == ()
