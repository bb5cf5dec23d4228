"""The quality of what is stored: records that may be one, and making one of two. No Qt."""
