"""Values as portals and reports write them."""
