"""Files as tables: encodings, separators, layouts, sheets and calendars. Knows no record type and no database."""
