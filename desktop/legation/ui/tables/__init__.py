"""Tables of records: a model of ids and pages, and the view that shows it."""
