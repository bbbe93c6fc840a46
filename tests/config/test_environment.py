"""Nonsense in the environment stops the start, in words."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured

from config import environment

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = {"SECRET_KEY": "k" * 60, "SITE_URL": "https://voorspraak.example"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"SECRET_KEY": environment.DEMO_KEY}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SITE_URL": "http://voorspraak.example"}, "https"),
        ({"SITE_URL": "voorspraak"}, "SITE_URL"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"TRUSTED_PROXIES": "many"}, "TRUSTED_PROXIES"),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL"),
    ],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], said: str) -> None:
    for name in environment.Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in (GOOD | changed).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=said):
        environment.read()


def test_production_settings_pass_djangos_checks_and_know_no_demo() -> None:
    code = "from django.urls import resolve, Resolver404\ntry: resolve('/demo/enter/'); print('demo')\nexcept Resolver404: print('none')"
    keep = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")}
    key = "".join(chr(33 + n % 90) for n in range(0, 700, 7))
    environ = keep | GOOD | {"SECRET_KEY": key}
    for command in (["check", "--deploy", "--fail-level", "WARNING"], ["shell", "-c", code]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "none" in done.stdout


def test_the_compose_file_names_only_settings_that_there_are() -> None:
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    known = {name.upper() for name in environment.Environment.model_fields}
    example = (ROOT / "deploy/environment.example").read_text()
    for name in ("web", "worker", "beat", "migrate"):
        assert set(compose["services"][name]["environment"]) <= known
    wanted = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert wanted == set(re.findall(r"(?m)^(\w+)=", example))
