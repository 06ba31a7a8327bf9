"""What waits and what there is."""
