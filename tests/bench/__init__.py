"""Benchmarks: us beside what others use, on the same input, in one run. Never part of the tests."""
