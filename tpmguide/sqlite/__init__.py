"""The database engine `tpmguide.sqlite`: Django's own, on a newer SQLite."""
