"""Rigs that load and kill a real server, and compare its database with what it said.

They talk to loopback addresses only, end by themselves, and leave nothing behind.
"""

import tpmguide  # noqa: F401 - puts the SQLite of the app in the place of Python's
