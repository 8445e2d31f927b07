"""What is looked at in a network's health: one file each, listed in ``aedesk.analysis.health``."""
