"""Paper: a document laid out on pages, for a PDF, a preview and a printer. Knows Qt, which shapes every script."""
