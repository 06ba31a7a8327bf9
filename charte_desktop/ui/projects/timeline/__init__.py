"""The timeline on the screen: lanes of bars under an axis of dates, for one project or for hundreds."""
