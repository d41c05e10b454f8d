"""Figures for managers: each takes a table and returns the axes that it drew on."""
