"""Prints a new random secret of 64 characters."""

import secrets
import sys

sys.stdout.write(secrets.token_urlsafe(48) + "\n")
