"""Scrapy's settings: only what differs from its defaults, each with its reason."""

BOT_NAME = "jurus"
SPIDER_MODULES: list[str] = []
SPIDER_LOADER_CLASS = "crawler.spiders.loader.OutletSpiders"  # each outlet file is a spider
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

# Polite: one request at a time and a second between them, unless robots.txt or the outlet's file asks for more.
# The spider loader sets USER_AGENT, with the contact from jurus.toml, and each outlet's own delay.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Jurus"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.5
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.8,*/*;q=0.5",
    "Accept-Language": "id,en;q=0.5",
}
COOKIES_ENABLED = False  # news needs none, and a cookie would make requests traceable

# Safe: the pages come from strangers.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # bytes, compressed or not: the largest real page seen has 0.3 MB
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 30
DNS_TIMEOUT = 20
METAREFRESH_ENABLED = False  # the pages that use it are challenge pages
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
DOWNLOADER_MIDDLEWARES = {
    "crawler.network.PublicAddressesOnly": 90,  # before robots.txt is asked for
    "crawler.patience.Patience": 560,  # sees an answer before Scrapy's retries do
    "crawler.robots.KeptRobots": 570,  # sees robots.txt as it comes, unpacked
}

EXTENSIONS = {"crawler.network.CrawlDelay": 0, "crawler.archive.Archive": 1}
ITEM_PIPELINES = {"crawler.pipelines.Tag": 100, "crawler.pipelines.Sketch": 150, "crawler.pipelines.Store": 200}

LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0
STATS_DUMP = False
