"""The Reports page: choosing a report or a set, its options, and the pages as they will print."""
