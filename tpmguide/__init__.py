"""Wiring of the app: settings, addresses, server entry. No logic."""
