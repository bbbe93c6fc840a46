"""Personal data: what is held of someone, handed to them, erased, and deleted once it was kept long enough."""
