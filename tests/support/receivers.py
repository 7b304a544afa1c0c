"""What stands outside of the house in tests: a mail server and a receiver of webhooks, real ones on this machine."""

import base64
import json
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certify(folder: Path) -> Path:
    """A certificate of our own for 127.0.0.1 with its key, in one file that is also its authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    begun = datetime.now(UTC) - timedelta(days=1)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("receiver.test")])
    built = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    built = built.not_valid_before(begun).not_valid_after(begun + timedelta(days=30))
    built = built.add_extension(names, critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "receiver.pem"
    path.write_bytes(secret + pem)
    return path


@dataclass
class MailServer:
    """Takes mail after STARTTLS and log-in; ``refuse`` answers every recipient with this line."""

    certificate: Path
    user: str = "kaohe"
    password: str = "a password of the tests"
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: str = ""
    seen: list[str] = field(default_factory=list)  # what was said, without contents
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp+starttls://{self.user}@127.0.0.1:{self.port}"


class _Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server: MailServer = self.server.told  # type: ignore[attr-defined]
        secured = entered = False
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].upper()
            server.seen.append(verb)
            if verb == "EHLO":
                self._say("250-here")
                self._say("250 AUTH PLAIN" if secured else "250 STARTTLS")
            elif verb == "STARTTLS":
                self._say("220 go on")
                self._secure(server.certificate)
                secured = True
            elif verb == "AUTH":
                _, user, password = base64.b64decode(line.split()[-1]).decode().split("\0")
                entered = (user, password) == (server.user, server.password)
                self._say("235 in" if entered else "535 no")
            elif verb == "RCPT":
                if not server.refuse:
                    server.recipients.append(line[8:].strip("<> "))
                self._say(server.refuse or ("250 ok" if entered else "530 log in"))
            elif verb == "DATA":
                self._say("354 go on")
                server.mails.append(self._take())
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def finish(self) -> None:
        super().finish()
        self.request.close()  # the secured one, of which the server knows nothing

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()

    def _secure(self, certificate: Path) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.request = context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")

    def _take(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return mail


class _Quiet(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that did not trust us hung up."""


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    told = MailServer(certify(folder))
    with _Quiet(("127.0.0.1", 0), _Mail) as server:
        server.told = told  # type: ignore[attr-defined]
        told.port = server.server_address[1]
        with _served(server):
            yield told


@dataclass
class Receiver:
    """Keeps what is posted to it; answers with ``status`` and ``answer``."""

    port: int = 0
    status: int = 200
    answer: bytes = b'{"errcode":0,"errmsg":"ok"}'
    headers: dict[str, str] = field(default_factory=dict)  # of the answer
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)  # path, headers, body

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, _, body in self.got]


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        told: Receiver = self.server.told  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told.got.append((self.path, dict(self.headers.items()), body))
        self.send_response(told.status)
        for name, value in {**told.headers, "Content-Length": str(len(told.answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told.answer)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def receiver(certificate: Path | None = None) -> Iterator[Receiver]:
    told = Receiver()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hook) as server:
        server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]
        server.told = told  # type: ignore[attr-defined]
        told.port = server.server_address[1]
        with _served(server):
            yield told


class _Trickle(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # hung up
            self.request.sendall(self.server.begins)  # type: ignore[attr-defined]
            while True:
                self.request.sendall(b"0")
                time.sleep(0.05)


@contextmanager
def trickling(begins: bytes) -> Iterator[int]:
    """Serve one whose answer begins so and goes on byte by byte, for ever; gives its port."""
    with _Quiet(("127.0.0.1", 0), _Trickle) as server:
        server.begins = begins  # type: ignore[attr-defined]
        with _served(server):
            yield server.server_address[1]


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
