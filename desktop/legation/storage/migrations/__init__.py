"""Changes of the workspace format: one Alembic script a version in `versions`, run by `migrating.py`."""
