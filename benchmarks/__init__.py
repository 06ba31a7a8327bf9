"""The promises of speed: each times us and its floor in the same run, and prints the ratio."""
