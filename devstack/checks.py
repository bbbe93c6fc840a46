"""`./run test|lint|fmt|lock|messages|bench|faults`: what developers and CI run."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devstack import valkey
from devstack.postgres import ROOT, Postgres

LOCAL = ROOT / ".local"
BIN = Path(sys.executable).parent
PYTHON = sys.executable
LINT = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("djlint", "--check", "--quiet", "templates"),
    ("djlint", "--lint", "--quiet", "templates"),
)
FORMAT = (("ruff", "check", "--fix", "."), ("ruff", "format", "."), ("djlint", "--reformat", "--quiet", "templates"))
CATALOGUES = ("nl", "fr")
LOCKS = ("base", "dev", "bench")


def _run(*command: str, **environment: str) -> bool:
    print("$", *command, flush=True)
    environ = os.environ | environment
    return subprocess.run([BIN / command[0], *command[1:]], check=False, cwd=ROOT, env=environ).returncode == 0


def _all(commands: tuple[tuple[str, ...], ...]) -> int:
    """Run them all, so that one look shows everything that is wrong."""
    failed = [" ".join(command) for command in commands if not _run(*command)]
    for command in failed:
        print("failed:", command)
    return 1 if failed else 0


@contextmanager
def servers(database: str = "voorspraak", durable: bool = False) -> Iterator[Postgres]:
    """A PostgreSQL and a Valkey for the tests, apart from the demo's; stopped afterwards."""
    postgres = Postgres(LOCAL / ("bench-pg" if durable else "test-pg"), durable=durable).start()
    postgres.ensure_database(database)
    with tempfile.TemporaryDirectory() as folder:
        broker = Path(folder) / "v"
        process = subprocess.Popen(valkey.command(Path(folder), broker))
        valkey.wait(broker)
        os.environ |= {
            "DATABASE_URL": f"postgresql://app@/{database}?host={postgres.socket}",
            "DATABASE_OWNER_URL": f"postgresql://owner@/{database}?host={postgres.socket}",
            "REDIS_URL": f"redis+socket://{broker}",
        }
        try:
            yield postgres
        finally:
            process.terminate()
            process.wait()
            postgres.stop()


def lint() -> int:
    with servers():
        migrations = (("python", "manage.py", "makemigrations", "--check", "--dry-run"),)
        return _all(LINT) | _all(migrations) | messages(check=True)


def test(arguments: list[str]) -> int:
    """All checks, then all tests; with arguments only the tests they name."""
    failed = 0 if arguments else lint()
    with servers():
        workers = [] if arguments else ["-n", "2", "--dist", "loadscope"]
        tests = subprocess.run([BIN / "pytest", *workers, *arguments], check=False, cwd=ROOT).returncode
    return failed or tests


def lock() -> int:
    options = (
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-header",
        "-q",
    )
    return _all(
        tuple(("uv", "pip", "compile", *options, f"requirements/{n}.in", "-o", f"requirements/{n}.txt") for n in LOCKS)
    )


def messages(check: bool = False) -> int:
    """Bring the catalogues up to date with the sources; with `check` only say what is missing in them."""
    catalogues = [ROOT / "locale" / language / "LC_MESSAGES" / "django.po" for language in CATALOGUES]
    before = [catalogue.read_bytes() for catalogue in catalogues]
    languages = [word for language in CATALOGUES for word in ("-l", language)]
    ignored = [word for name in ("node_modules", ".venv", ".local", "tests") for word in ("-i", name)]
    command = [PYTHON, "manage.py", "makemessages", "-v0", "--no-obsolete", "--no-location", *languages, *ignored]
    subprocess.run(command, check=True, cwd=ROOT)
    missing = [_missing(catalogue) for catalogue in catalogues]
    if check:
        for catalogue, content in zip(catalogues, before, strict=True):
            catalogue.write_bytes(content)
    for language, lines in zip(CATALOGUES, missing, strict=True):
        print(*(f"{language}: not translated: {line}" for line in lines), sep="\n", end="\n" if lines else "")
    return 1 if check and any(missing) else 0


def _missing(catalogue: Path) -> list[str]:
    """Messages that are untranslated or only guessed."""
    command = ["msgattrib", "--no-wrap", "--no-obsolete"]
    found = ""
    for wanted in ("--untranslated", "--only-fuzzy"):
        found += subprocess.run([*command, wanted, str(catalogue)], check=True, capture_output=True, text=True).stdout
    return [line for line in found.splitlines() if line.startswith("msgid ") and line != 'msgid ""']


def bench(arguments: list[str]) -> int:
    """Measure on a database that keeps its promises to the disk, made anew each time."""
    with servers("bench", durable=True) as postgres:
        postgres.sql("DROP DATABASE bench WITH (FORCE)")
        postgres.ensure_database("bench")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "PG_SOCKET": str(postgres.socket)}
        if not _run("python", "manage.py", "migrate", "-v0", DATABASE_ROLE="owner"):
            return 1
        return 0 if _run("python", "-m", "tests.bench", *arguments) else 1


def main() -> int:
    mode, *arguments = sys.argv[1:]
    os.chdir(ROOT)
    os.environ.setdefault("DEMO", "1")
    if mode == "test":
        return test(arguments)
    if mode == "lint":
        return lint()
    if mode == "fmt":
        return _all(FORMAT)
    if mode == "lock":
        return lock()
    if mode == "messages":
        with servers():
            return messages()
    if mode == "faults":
        return test(arguments or ["tests/faults"])
    return bench(arguments)


if __name__ == "__main__":
    sys.exit(main())
