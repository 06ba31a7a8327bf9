"""A demonstration base made by the program: companies, people and numbers that do not exist."""

from charte_desktop.demonstration.base import build, show

__all__ = ["build", "show"]
