"""Clepsydra measures time by its leaks: what people who sell their hours give away unseen."""

__version__ = "0.1.0"
