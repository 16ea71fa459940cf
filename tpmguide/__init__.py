"""Wiring of the app: settings, addresses, server entry. No logic.

Python's own SQLite is replaced before Django opens it, where a newer one is installed:
versions up to 3.51.2 can corrupt a database that several connections write to.
"""

import importlib.util
import sys

if importlib.util.find_spec("pysqlite3"):
    sys.modules["sqlite3"] = importlib.import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")
