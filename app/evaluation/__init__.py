"""Measuring the path, or any part of it, on questions that nobody here has learnt from."""
