"""The commands of `duizhang`, one small module for each group; crawler/cli.py puts them together."""
