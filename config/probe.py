"""`python -m config.probe`: asks this machine's web server whether it is ready, as the proxy would; fails where it is not."""

import os
import urllib.request
from urllib.parse import urlsplit

if __name__ == "__main__":
    host = urlsplit(os.environ["SITE_URL"]).netloc
    request = urllib.request.Request("http://127.0.0.1:8000/readyz", headers={"Host": host})
    urllib.request.urlopen(request, timeout=5)  # noqa: S310 - an address of our own
