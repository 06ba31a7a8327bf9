"""What each command does, told as an answer: the window's use cases without a window. Nothing here prints."""
