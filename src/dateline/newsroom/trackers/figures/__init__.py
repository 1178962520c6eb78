"""What follows from a tracker's evidence: pure functions of facts, without a database, a clock or a language.

The method is written in `docs/trackers.md`, and each figure on the page leads there.
"""
