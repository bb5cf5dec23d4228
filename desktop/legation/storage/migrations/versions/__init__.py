"""The scripts, in order. A script freezes what it needs: it never imports a table, which may change after it."""
