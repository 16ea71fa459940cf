"""Whether a page costs the same with few and with very many assessments in the database.

    python -m tools.growth [--few 1000] [--many 100000] [--rounds 15]

Makes two databases of its own on the PostgreSQL of this machine, fills them with copies of
assessments that went through the front door, and asks both the same, taking turns, so that
whatever else the machine does falls on both. Removes the databases at the end.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time

from tools.rig.databases import find_postgres, postgres_database

MOST = 1.2  # times the cost with few
ORIGINALS = 40
CONTROL = "control"  # asks what no index answers
SCANNED = (
    "assessment_assessment",
    "assessment_rating",
    "auth_user",
    "assessment_guest",
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        return answer_rounds(chosen.child)
    postgres = find_postgres()
    if not postgres:
        sys.exit("tpmguide: no PostgreSQL answers on this machine.")
    with contextlib.ExitStack() as stack:
        asked = [
            stack.enter_context(child(stack, postgres, size))
            for size in (chosen.few, chosen.many)
        ]
        for each in asked:
            told(f"{each.size:,} assessments made in {read(each)['made']:.0f} s")
        found = [[], []]
        for _ in range(chosen.rounds):
            for of, each in zip(found, asked, strict=True):
                each.stdin.write("round\n")
                each.stdin.flush()
                of.append(read(each))
        told(f"\n| | {chosen.few:,} | {chosen.many:,} | ratio |\n|---|---|---|---|")
        costly = [line(name, *found) for name in found[0][0]["ms"] if name != CONTROL]
        scans = {scan for each in found[1] for scan in each["scans"]}
        seen = {scan for scan in scans if scan.endswith(CONTROL)}
        scans -= seen
        if not seen:
            told("The control was not noticed: this run says nothing about plans.")
        told(f"\nRead as a whole with many: {', '.join(sorted(scans)) or 'nothing'}")
    return 1 if any(costly) or scans or not seen else 0


def line(name, few, many):
    """Prints a row; whether it costs more with many."""
    less, more = (
        statistics.median(each["ms"][name] for each in rounds) for rounds in (few, many)
    )
    told(f"| {name} | {less:.2f} ms | {more:.2f} ms | {more / less:.2f} |")
    return more / less > MOST


@contextlib.contextmanager
def child(stack, postgres, size):
    """A process of the app on a database of `size` assessments."""
    database = stack.enter_context(postgres_database(postgres))
    environment = os.environ | {
        "DATABASE_URL": database.url,
        "SECRET_KEY": "only for measuring, and long enough to be taken for one, 123",
        "DEBUG": "false",
        "HTTPS": "false",
        "STAFF_SECOND_STEP": "false",
        "ALLOWED_HOSTS": "testserver",
        "EMAIL_URL": "smtp://mail.invalid",
        "DJANGO_SETTINGS_MODULE": "tools.growth_settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.growth", "--child", str(size)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process.size = size
    try:
        yield process
    finally:
        process.stdin.close()
        process.wait(60)


def told(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def read(process):
    text = process.stdout.readline()
    if not text:
        raise RuntimeError("A process of the app ended.")
    return json.loads(text)


# In the process of the app
# ------------------------------------------------------------------------------------


def answer_rounds(size):
    import django  # noqa: PLC0415 - only the child has settings

    sys.stdout = sys.stderr  # of commands; the rounds are told on the real one
    django.setup()
    from tools.growth_rounds import Rounds, fill  # noqa: PLC0415

    begun = time.perf_counter()
    fill(size, ORIGINALS)
    say(made=time.perf_counter() - begun)
    rounds = Rounds(SCANNED, CONTROL)
    rounds.measure()  # what a process keeps is there after it
    for _ in sys.stdin:
        say(**rounds.measure())


def say(**what):
    sys.__stdout__.write(json.dumps(what) + "\n")
    sys.__stdout__.flush()


if __name__ == "__main__":
    sys.exit(main())
