"""Projects, from a need to the call after delivery."""
