"""How fast it is, beside its peers, in one run: `python -m tests.bench`. docs/performance.md tells how to read it."""
