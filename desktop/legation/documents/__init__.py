"""Documents: what is handed out, built once and written by format. Knows storage, but no record by name. No Qt."""
