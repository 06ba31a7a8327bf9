"""The companies that the CCIR accompanies."""
