"""Forms: editors for every kind of field, lines inside a form, and the drafts that outlive the window."""
