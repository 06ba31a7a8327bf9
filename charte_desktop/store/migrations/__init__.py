"""The history of the base's tables. A released migration is never changed, and none imports the model."""
