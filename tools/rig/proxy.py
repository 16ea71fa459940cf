"""The proxy as shipped, deploy/nginx.conf, with ports, certificate and logs of a rig."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.rig.server import PATIENCE, ROOT, free_port

SHIPPED = ROOT / "deploy/nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
OPENSSL = shutil.which("openssl")
AROUND = """
{user}
daemon off;
pid {folder}/pid;
error_log {folder}/start.log;
events {{ worker_connections 768; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream apps {{ {apps} }}
    include {folder}/tpmguide.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Its two ports, what a client needs to trust it, and the folder of its logs."""

    port: int
    plain_port: int
    tls: ssl.SSLContext
    folder: Path


@contextlib.contextmanager
def proxy(*app_ports):
    """nginx in front of one app, or of several; ended, and its folder removed, at the end."""
    with tempfile.TemporaryDirectory(prefix="tpmguide-proxy-") as name:
        folder = Path(name)
        port, plain_port = free_port(), free_port()
        make_certificate(folder)
        (folder / "tpmguide.conf").write_text(
            moved(SHIPPED.read_text(), folder, port, plain_port)
        )
        user = "user root root;" if os.geteuid() == 0 else ""
        apps = " ".join(f"server 127.0.0.1:{each};" for each in app_ports)
        (folder / "nginx.conf").write_text(
            AROUND.format(user=user, folder=folder, apps=apps)
        )
        command = [NGINX, "-e", folder / "start.log", "-c", folder / "nginx.conf"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            wait_for(port, process, folder / "start.log")
            tls = ssl.create_default_context(cafile=folder / "fullchain.pem")
            tls.check_hostname = False  # the rig asks by address
            yield Proxy(port, plain_port, tls, folder)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def moved(text, folder, port, plain_port):
    """The shipped file, with nothing changed but where it listens and where files lie."""
    for shipped, here in (
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{plain_port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;"),
        ("http://127.0.0.1:8000;", "http://apps;"),
        ("/etc/letsencrypt/live/tpmguide.example", str(folder)),
        ("/var/log/nginx", str(folder)),
    ):
        if shipped not in text:
            raise ValueError(f"{SHIPPED} has no line with {shipped!r} any more.")
        text = text.replace(shipped, here)
    return text


def make_certificate(folder):
    words = "req -x509 -nodes -days 2 -subj /CN=tpmguide.example -newkey ec"
    curve = ["-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run(
        [OPENSSL, *words.split(), *curve, *files],
        stderr=subprocess.DEVNULL,
        check=True,
    )


def wait_for(port, process, log):
    begun = time.perf_counter()
    while True:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
            raise RuntimeError(f"nginx did not start: {log.read_text()}")
        time.sleep(0.02)
