"""Dateline: a newsroom's desk, its press and its stand."""

__version__ = "0.1.0"
