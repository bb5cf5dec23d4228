"""Reports: documents built from the workspace, one file each. No Qt."""
