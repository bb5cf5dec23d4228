"""Printed text to known records: names, titles, places, countries, duplicates. Reads, and never writes. No Qt."""
