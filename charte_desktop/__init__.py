"""Charte Desktop: the register of the charter's digital-service providers, offline."""

__version__ = "1.0.0"
