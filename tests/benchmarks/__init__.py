"""Measurements: each prints a table. Run one as ``python -m tests.benchmarks.NAME``."""
