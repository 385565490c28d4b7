"""Portals composed from knowledge of real templates alone, by someone who had not read the readers."""
