"""What comes from outside: workbooks and text files become rows, rows become a plan."""
