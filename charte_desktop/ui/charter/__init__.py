"""The charter's versions and signatures."""
