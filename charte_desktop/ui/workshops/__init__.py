"""Workshops on the screen: their list, their participants, their attendance."""
