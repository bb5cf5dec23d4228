"""The workspace file: opening, steps, the change log, undo, saving, reading, search and backup. No Qt."""
