"""Classical ways to clean a signal: one file each, listed in ``aedesk.analysis.cleaners``."""
