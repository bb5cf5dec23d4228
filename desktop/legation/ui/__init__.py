"""The window: everything that imports Qt. Asks storage and records, and nothing below knows it."""
