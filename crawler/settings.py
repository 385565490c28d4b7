"""Scrapy's settings. What differs per source (pace, concurrency, user agent) the spider sets from the source file."""

import os

BOT_NAME = "duizhang"
SPIDER_MODULES = ["crawler.spiders"]

# Where captures go; DUIZHANG_DATABASE_URL moves the tables to PostgreSQL.
ARCHIVE_ROOT = os.environ.get("DUIZHANG_ARCHIVE", "archive")
DATABASE_URL = os.environ.get("DUIZHANG_DATABASE_URL", "")
CONTACT = os.environ.get("DUIZHANG_CONTACT", "")
LANGUAGE = os.environ.get("DUIZHANG_LANGUAGE") or "both"

# The spider itself keeps a capture before it reads it: Scrapy asks a callback for its next item while pipelines still
# work on the last one, whatever CONCURRENT_ITEMS is (docs/decisions/0009).
ITEM_PIPELINES = {"crawler.pipelines.DeriveNotices": 100}
CONCURRENT_ITEMS = 1  # Scrapy's 100 tasks per response cost 1.5 to 1.8 times the CPU of a page

# Redirects, compression, retries, robots and cut connections are the captures' own story here: every exchange is
# archived as it was, and pipeline/ decides what follows from it.
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "crawler.cookies.PortalCookies": 700,  # the place of Scrapy's own
    "crawler.middlewares.MannersMiddleware": 50,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
DOWNLOAD_FAIL_ON_DATALOSS = False  # a truncated page is archived as what it is
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_DELAY_JITTER = 0.0  # the pace is what the source file says
DNSCACHE_ENABLED = True  # middlewares.py checks an address once, and the connection uses that same answer

# Both are servers that run Python for whoever connects (libraries.md 1).
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False

EXTENSIONS = {
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.feedexport.FeedExporter": None,
    "scrapy.extensions.spiderstate.SpiderState": None,
    "scrapy.extensions.throttle.AutoThrottle": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "crawler.extensions.Progress": 500,
}
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "crawler.log_filter.Quiet"
LOG_VERSIONS: list[str] = []
STATS_DUMP = False
