"""Prints the address of a PostgreSQL server that answers within a second, or nothing.

DATABASE_URL_POSTGRES names one; otherwise the usual places on this machine are tried.
Tests make databases of their own there and remove them.
"""

import os
import sys

import psycopg

USUAL_PLACES = (
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
)


def answers(url):
    try:
        psycopg.connect(url, connect_timeout=1).close()
    except psycopg.Error:
        return False
    return True


def main():
    named = os.environ.get("DATABASE_URL_POSTGRES")
    if named and not answers(named):
        sys.exit("tpmguide: the server of DATABASE_URL_POSTGRES does not answer.")
    places = [named] if named else USUAL_PLACES
    sys.stdout.write(next((url for url in places if answers(url)), ""))


if __name__ == "__main__":
    main()
