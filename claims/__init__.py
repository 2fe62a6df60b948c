"""Compares articles by several outlets on one event, claim by claim."""

__version__ = "0.1.0"
