"""`./run reset`: the demo from scratch. Stops the embedded database and removes what it and the demo stored."""

import shutil

from devstack.postgres import Postgres
from devstack.supervisor import LOCAL, say


def main() -> None:
    """Remove the demo's data; the next `./run` makes it anew."""
    postgres = Postgres(LOCAL / "pg")
    postgres.stop()
    for folder in (postgres.state, LOCAL / "valkey", LOCAL / "media", LOCAL / "mail"):
        shutil.rmtree(folder, ignore_errors=True)
    say("The demo's data is gone; ./run makes it anew.")


if __name__ == "__main__":
    main()
