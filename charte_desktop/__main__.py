"""`python -m charte_desktop`: the same as the command `charte-desktop`."""

import sys

from charte_desktop.cli import main

sys.exit(main())
