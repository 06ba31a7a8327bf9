"""How the program becomes what an IT department installs. `build_installer.py` is its only entry.

Only the standard library is imported here. What must be fetched or run besides is named in `tools.py`, with the line
that installs it.
"""
