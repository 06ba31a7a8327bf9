"""A list on its way into the register, on screen."""
