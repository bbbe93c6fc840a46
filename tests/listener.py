"""Another system, on this machine, that is posted to."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Listener(ThreadingHTTPServer):
    """Another system: keeps what it is sent, and answers as it was told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[dict[str, str], str]] = []
        self.status, self.drips = 204, False
        self.location, self.says = "", ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?x=1"


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if self.server.drips:
            while not self.wfile.closed:
                try:
                    self.wfile.write(b"H")
                    self.wfile.flush()
                except OSError:
                    return
                threading.Event().wait(0.1)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.end_headers()
        self.wfile.write(self.server.says.encode())

    def log_message(self, *_: Any) -> None:
        pass
