"""How the window looks: one quiet palette, light and dark."""
