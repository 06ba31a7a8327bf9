"""Charte Desktop: the register of the charter's digital-service providers, offline."""

__version__ = "0.1.0"
