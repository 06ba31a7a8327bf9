"""A demonstration base made by the program: companies, people and numbers that do not exist."""
