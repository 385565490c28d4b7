"""Where a Scrapy user looks."""
