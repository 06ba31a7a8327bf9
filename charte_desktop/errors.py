"""The two ways of failing: a sentence the user can act on, and everything else (a bug)."""


class UserError(Exception):
    """What the user can mend: a French sentence that ends with what to do.

    The text is shown as it stands, in the window or on standard error.
    """


class Cancelled(Exception):
    """The user stopped a long piece of work; nothing of it was kept."""
