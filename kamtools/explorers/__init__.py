"""Widgets that answer "what if" at once; each stands on a pure function and a figure."""
