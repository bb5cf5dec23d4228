"""What the records are: one file a record type, the vocabularies, and the catalogue that lists them. No Qt."""
