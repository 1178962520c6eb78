"""Prints sheets and knows what each was made from. It knows URLs and ingredients, never stories.

Views call `record`, `wear` and `fresh_until` while they render. Actions call `announce` inside the transaction of the
change they make; when it commits, `drain` evicts and prints before the caller goes on. See docs/architecture.md.
"""
