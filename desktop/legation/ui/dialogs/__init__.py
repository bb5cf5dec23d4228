"""Dialogs: short questions and sheets over the window."""
