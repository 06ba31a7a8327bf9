"""Charts drawn by our own painter: read by eye, mouse, keyboard and screen reader; saved as PNG or SVG."""
