"""What a field can be: kinds that parse, format and check; fuzzy dates; names; drafts. No database, no Qt."""
