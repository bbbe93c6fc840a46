#!/usr/bin/env python
"""Django's commands, and ours."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def _use_the_demo() -> None:
    """Without settings of one's own, find the servers that `./run` started."""
    noted = Path(__file__).parent / ".local" / "environment"
    if "SECRET_KEY" not in os.environ:
        os.environ.setdefault("DEMO", "1")
        if noted.exists():
            for line in noted.read_text().splitlines():
                name, _, value = line.partition("=")
                os.environ.setdefault(name, value)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    _use_the_demo()
    execute_from_command_line(sys.argv)
