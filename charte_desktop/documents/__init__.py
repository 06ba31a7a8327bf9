"""Records in, bytes out: every document that leaves the program."""
