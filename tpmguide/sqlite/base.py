"""Django's backend for SQLite, on the library of pysqlite3 where it is installed.

Versions up to 3.51.2 can corrupt a database that several connections write to. Django's
modules import `sqlite3` by that name, so it is put in its place before they do.
"""

import importlib.util
import sys

if importlib.util.find_spec("pysqlite3"):
    sys.modules["sqlite3"] = importlib.import_module("pysqlite3")
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")

DatabaseWrapper = importlib.import_module(
    "django.db.backends.sqlite3.base"
).DatabaseWrapper
