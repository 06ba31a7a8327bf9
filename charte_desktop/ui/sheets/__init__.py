"""Directory sheets on screen: composed, seen as they print, handed over, recalled."""
