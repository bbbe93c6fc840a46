"""The settings of the tests: the demo's, with what tests need to be quick and alone."""

import atexit
import os
import shutil
import tempfile

os.environ["DEMO"] = "1"

from config.settings import *  # noqa: F403
from config.settings import CELERY_BROKER_URL, DATABASE_OWNER, DATABASES, STATIC_ROOT, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", "")  # a worker that a test starts shares the test's
if not MEDIA_ROOT:
    MEDIA_ROOT = tempfile.mkdtemp(prefix="voorspraak-media-")
    atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
OUTGOING_ROOT = os.path.join(MEDIA_ROOT, "outgoing")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where nothing was collected yet
# Tests that run side by side have a broker's database each: a worker of one would take the hints of the other.
CELERY_BROKER_URL = f"{CELERY_BROKER_URL}?virtual_host={os.environ.get('PYTEST_XDIST_WORKER', 'gw0')[2:]}"
for _database in (DATABASE_OWNER, DATABASES["default"]):
    _database["OPTIONS"].pop("pool", None)  # one connection a thread, so that pytest-django can take it away
