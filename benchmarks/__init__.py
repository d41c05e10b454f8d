"""Comparisons with peers, each in the same run on the same file; see README.md."""
