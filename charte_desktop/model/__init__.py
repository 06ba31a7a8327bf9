"""What is kept and the rules it obeys: no Qt, no queries, no clock."""
