"""`make fuzz`: odd requests to every address; none may be answered with 5xx, or not at all.

Ends with 1 on any such answer, or if the control was not found out.
"""

import json
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools.rig.crowd import arguments, databases, say, say_faults
from tools.rig.odd import Visitor, odd_requests
from tools.rig.server import ROOT, installation

ROUND = 2000  # requests until the visitors come anew
AT_ONCE = 4
TIMEOUT = 60  # seconds
SLOW = 2.0
CONTROL_REQUESTS = 500
PRINT_VISITORS = "from tools.rig.visitors import print_all; print_all()"


@dataclass
class Tally:
    """What was answered to how many; and the requests that should have been answered better."""

    statuses: Counter = field(default_factory=Counter)
    slow: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def take(self, request, status, seconds):
        self.statuses[status] += 1
        if seconds > SLOW:
            self.slow.append(f"{seconds:.1f} s: {request}")
        if status >= 500 or status == 0:
            self.faults.append(f"{status or 'no answer'}: {request}")


def main():
    asked = arguments(__doc__.partition("\n")[0], requests=20_000, seed=1)
    good = True
    for postgres in databases(asked.database):
        if not asked.control:
            good &= say_tally(fuzz(postgres, asked.requests, asked.seed))
        tally = fuzz(postgres, CONTROL_REQUESTS, asked.seed, "careless")
        good &= say_control(tally)
    sys.exit(not good)


def fuzz(postgres, count, seed, control=""):
    """Sends `count` odd requests to a fresh installation; returns the Tally."""
    tally, chance = Tally(), random.Random(seed)
    with installation(postgres, control) as (server, database):
        say(f"\n{database.name}, seed {seed}{', control' if control else ''}")
        server.start()
        while count > 0:
            routes, visitors = invited(server)
            requests = list(odd_requests(chance, routes, visitors, min(count, ROUND)))
            with ThreadPoolExecutor(AT_ONCE) as pool:
                answers = pool.map(lambda each: ask(server.port, each), requests)
                for request, answer in zip(requests, answers, strict=True):
                    tally.take(request, *answer)
            count -= ROUND
    return tally


def invited(server):
    """Routes of the app, and fresh visitors."""
    done = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "shell",
            "--verbosity",
            "0",
            "-c",
            PRINT_VISITORS,
        ],
        cwd=ROOT,
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=server.log,
        check=True,
    )
    routes, visitors = json.loads(done.stdout)
    return routes, [Visitor(**each) for each in visitors]


def ask(port, request):
    """(status, seconds); 0 where no answer came. Written by hand, as no client sends it."""
    headers = {
        "Host": f"127.0.0.1:{port}",
        "Connection": "close",
        "Content-Length": str(len(request.body)),
        **request.headers,
    }
    if headers["Origin"] == "ours":
        headers["Origin"] = f"http://127.0.0.1:{port}"
    lines = [f"{request.method} {request.target} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    begun, answer = time.perf_counter(), b""
    try:
        with socket.create_connection(("127.0.0.1", port), TIMEOUT) as line:
            line.sendall(head + request.body)
            while piece := line.recv(65536):
                answer = answer[:32] or piece
    except OSError:
        pass
    status = int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0
    return status, time.perf_counter() - begun


def say_tally(tally):
    statuses = ", ".join(f"{s}: {n}" for s, n in sorted(tally.statuses.items()))
    say(f"  requests  {sum(tally.statuses.values())}; {statuses}")
    say(f"  slow      {len(tally.slow)} took more than {SLOW:.0f} s")
    say_faults(tally.slow)
    say(f"  5xx       {len(tally.faults)}, or no answer")
    say_faults(tally.faults)
    return not tally.faults


def say_control(tally):
    """Whether Django's own error pages were found out."""
    say(
        f"  careless  {len(tally.faults)} of {sum(tally.statuses.values())} answered 5xx"
    )
    if not tally.faults:
        say("  The rig did not see it: the figures above count as not measured.")
    return bool(tally.faults)


if __name__ == "__main__":
    main()
