"""The settings of a base and of its window, a page for each subject."""
