"""The commands of the window: one table of labels and keys, and the functions they run."""
