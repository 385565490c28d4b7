"""WORLD: what acts on its own. The network, the clock, the terminal, the environment."""
