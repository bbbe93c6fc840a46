"""Logs carry no keys: addresses behind links are cut before the token."""

import logging
import re

KEY = re.compile(r"/(c|o|join)/[^/\s'\"]+")


class WithoutKeys(logging.Filter):
    """Replaces the tokens of links in what is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = KEY.sub(r"/\1/…", record.getMessage()), ()
        return True
