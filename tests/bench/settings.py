"""The settings of the benches: the tests', and the application that the journal is measured against."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "mptt", "djmoney", "hordak"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "tests.bench.urls"
