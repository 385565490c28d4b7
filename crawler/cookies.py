"""Cookies as a portal sets them."""

from collections.abc import Iterable
from http.cookiejar import Cookie

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.http.cookies import CookieJar


class PortalCookies(CookiesMiddleware):
    """Asks nobody whether a cookie's domain is a registry's: middlewares.py lets out requests to the source alone.

    Scrapy's own fetches the public suffix list from two foreign hosts at the first cookie, and waits for them.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        for cookie in cookies:
            jar.set_cookie_if_ok(cookie, request)
