"""What `charte-desktop self-test` does: prove that the program, as it was installed, is whole and does its work."""

from charte_desktop.self_test.trials import Outcome, run

__all__ = ["Outcome", "run"]
