"""What comes from outside: files and pasted tables as proposed records. Knows no window."""
