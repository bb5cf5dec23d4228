"""Legation: a desk's database of diplomatic events, who met whom, in what capacity, and how we know."""

__version__ = "0.1.0"
