"""`make drill`: two servers, a copy of the database, Redis and the database fail in turn.

Fifty guests rate meanwhile through the proxy as it is shipped, and send again what had no
answer, as the page does. Ends with 1 where an acknowledged answer is missing, on any 500,
where something sent again is refused, or if the control was not found out.
"""

import contextlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.rig.browser import Away, Browser, form_of
from tools.rig.cluster import BINARIES, REDIS, cluster, wait_until
from tools.rig.crowd import (
    all_rating,
    arguments,
    errors_of,
    say,
    say_faults,
    times,
)
from tools.rig.guest import Guest, revision_in, said_in
from tools.rig.ledger import compare
from tools.rig.proxy import NGINX, OPENSSL, proxy
from tools.rig.server import ROOT, Server, free_port, like_production, prepare

PAUSE = (
    1.5,
    3.0,
)  # seconds between two changes: the proxy stops who is in more of a hurry
LIMIT = 5000
AGAIN = 1  # seconds until what had no answer is sent again
TRANSIENT = 503  # the app's, or the proxy's where no server answers
CONTROL_GUESTS = 10
LOST = "late"  # the control: acknowledges a second before it stores


class Patient(Guest):
    """Sends again what had no answer, until it has one."""

    def __init__(self, front, number):
        super().__init__(front.port, number, PAUSE, LIMIT)
        self.browser = Browser(front.port, front.tls)
        self.again = 0

    def _save(self, address, skill, said):
        fields = self.page.fields
        fields |= {f"{skill}-{name}": str(text) for name, text in said.items()}
        card = address.split("/")[2], skill
        self.ledger.attempted(card, said_in(fields, skill))
        status, text = self._until_answered(lambda: self.browser.save(address, fields))
        revision = revision_in(text, skill)
        if status == 200 and revision is not None:
            self.ledger.acknowledged(card, revision)
            fields[f"{skill}-revision"] = str(revision)
        else:
            self.errors.append(f"{address} answers {status}: {text[:200]}")
            self._look(self._open(self.page.action))

    def _open(self, path, fields=None):
        status, path, text = self._until_answered(
            lambda: self.browser.open(path, fields)
        )
        if status != 200:
            self.errors.append(f"{path} answers {status}: {text[:200]}")
        return path, text

    def _until_answered(self, ask):
        while True:
            with contextlib.suppress(Away):
                answer = ask()
                if answer[0] != TRANSIENT:
                    return answer
            self.again += 1
            time.sleep(AGAIN)


class House:
    """The servers behind the proxy, and the worker; started and ended together."""

    def __init__(self, front, ports, environment, log):
        origin = {"CSRF_TRUSTED_ORIGINS": f"https://127.0.0.1:{front.port}"}
        self.front, self.log = front, log
        self.sent = open(f"{log.name}-mail", "w")  # noqa: SIM115 - closed at the end
        self.environment = environment | origin
        self.servers = [Server(self.environment, log) for _ in ports]
        for server, port in zip(self.servers, ports, strict=True):
            server.port = port
            server.environment["PORT"] = str(port)
        self.worker = None

    def start(self):
        for server in self.servers:
            server.start()
        self.worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"],
            cwd=ROOT,
            env=self.environment,
            stdout=self.sent,
            stderr=self.log,
        )

    def end(self):
        for server in self.servers:
            server.kill()
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
        self.sent.close()


def main():
    asked = arguments(__doc__.partition("\n")[0], seconds=6, guests=50, at_most=180)
    missing = [
        name
        for name, found in (
            ("PostgreSQL's programs", BINARIES),
            ("redis-server", REDIS),
            ("nginx", NGINX),
            ("openssl", OPENSSL),
        )
        if not found
    ]
    if missing:
        sys.exit(f"tpmguide: the drill needs {', '.join(missing)} on this machine.")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    signal.signal(signal.SIGALRM, lambda *_: sys.exit("tpmguide: it took too long."))
    signal.alarm(asked.at_most)
    begun = time.monotonic()
    good = drill(asked)
    say(f"\n  all of it     {time.monotonic() - begun:.0f} s")
    sys.exit(not good)


def drill(asked):
    ports = [free_port(), free_port()]
    with contextlib.ExitStack() as stack:
        first, copy, redis, database = stack.enter_context(cluster())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        log = stack.enter_context(open(folder / "log", "w+"))
        front = stack.enter_context(proxy(*ports))
        good = True
        settings = {
            "REPLICA_URL": copy.url,
            "CACHE_URL": redis.url,
            "SESSIONS_IN_REDIS": "true",
            "TRUSTED_PROXY_COUNT": "1",
            "WORKERS": "1",
            "EMAIL_VERIFICATION": "none",
            "EMAIL_URL": "console://",  # what the worker prints
        }
        prepare(like_production(folder, database, "") | settings, log)
        for control in [LOST] if asked.control else ["", LOST]:
            environment = like_production(folder, database, control) | settings
            house = House(front, ports, environment, log)
            try:
                house.start()
                if control:
                    good &= find_out(house, database)
                else:
                    events = events_of(house, first, copy, redis)
                    good &= go_through(house, database, asked, events)
                    good &= is_whole(house, first)
            finally:
                house.end()
        return good


def events_of(house, first, copy, redis):
    """What fails, and comes back, in this order."""
    server = house.servers[0]

    def lose_a_server():
        server.kill()
        time.sleep(3)
        server.start()

    def lose_the_copy():
        copy.stop()
        time.sleep(3)
        copy.start()

    def lose_redis():
        redis.kill()
        time.sleep(2)
        redis.start()

    return {
        "an app server is killed": lose_a_server,
        "the copy is stopped": lose_the_copy,
        "Redis is killed": lose_redis,
        "the database is restarted": first.restart,
    }


def go_through(house, database, asked, events):
    guests = [Patient(house.front, number) for number in range(asked.guests)]
    say(f"{database.name} with a copy, Redis, nginx, 2 servers, {asked.guests} guests")
    all_arrive(guests)
    stranger = Browser(house.front.port, house.front.tls)
    with all_rating(guests), looking(stranger):
        for name, event in events.items():
            time.sleep(asked.seconds)
            event()
            before = acknowledged(guests)
            seconds = wait_until(lambda before=before: acknowledged(guests) > before)
            say(f"  {name}; the next save after it {seconds:.1f} s later")
        time.sleep(asked.seconds)
    comparison = compare([guest.ledger for guest in guests], database.ratings())
    samples = [sample for guest in guests for sample in guest.browser.samples]
    samples += stranger.samples
    statuses = Counter(sample.status for sample in samples)
    errors = errors_of(guests)
    say(f"  acknowledged  {acknowledged(guests)}")
    say(
        f"  sent again    {sum(guest.again for guest in guests)}, all answered in the end"
    )
    say(f"  stored        {comparison}")
    say_faults(comparison.faults)
    told = ", ".join(f"{number} of {status}" for status, number in statuses.items())
    say(f"  answers       {told} (0: none)")
    say(f"  saves         {times(samples, 'save')}")
    say(f"  errors        {len(errors)}")
    say_faults(errors)
    return not (comparison.faults or errors or statuses[500])


def all_arrive(guests):
    with ThreadPoolExecutor(len(guests)) as pool:
        list(pool.map(Guest.arrive, guests))


@contextlib.contextmanager
def looking(stranger):
    """Somebody reads a public page all the time, which the copy answers."""
    ended = threading.Event()

    def look():
        while not ended.wait(0.3):
            with contextlib.suppress(Away):
                stranger.open("/ladder/")

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def acknowledged(guests):
    return sum(guest.ledger.acknowledgements for guest in guests)


def is_whole(house, first):
    """Whether the copy follows again, and the worker sends what is asked for now."""
    seconds = wait_until(lambda: first.followers() == ["streaming"])
    say(f"  the copy      follows again after {seconds:.1f} s")
    browser = Browser(house.front.port, house.front.tls)
    path = "/accounts/password/reset/"
    _, _, text = browser.open(path)
    form = form_of(text, path, page=path)
    browser.open(path, form.fields | {"email": "nobody@drill.example"})

    sent = Path(house.sent.name)
    seconds = wait_until(lambda: "nobody@drill.example" in sent.read_text())
    say(f"  the worker    sends a mail after {seconds:.1f} s")
    return house.worker.poll() is None


def find_out(house, database):
    """The control: servers that acknowledge too early are killed, and must be found out."""
    guests = [
        Guest(house.front.port, n, (0.05, 0.2), LIMIT) for n in range(CONTROL_GUESTS)
    ]
    for guest in guests:
        guest.browser = Browser(house.front.port, house.front.tls)
    all_arrive(guests)
    with all_rating(guests) as stop:
        time.sleep(3)
        stop.set()
        for server in house.servers:
            server.kill()
    stored = database.ratings()
    mine = {card for guest in guests for card in guest.ledger.entries}
    found = compare(
        [guest.ledger for guest in guests],
        {card: each for card, each in stored.items() if card in mine},
    )
    say(f"  control       {acknowledged(guests)} acknowledged too early; {found}")
    if not found.faults:
        say("  The drill did not see it: what it says above counts as not run.")
    return bool(found.faults)


if __name__ == "__main__":
    main()
