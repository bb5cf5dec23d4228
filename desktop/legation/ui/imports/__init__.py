"""The Import page: a file or pasted table, what its columns give, what would be done, and doing it as one step."""
