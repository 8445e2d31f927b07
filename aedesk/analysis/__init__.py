"""Questions asked of data and trained models."""
