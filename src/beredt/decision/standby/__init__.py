"""What a service can do in the time that no incident needs, and which rule moves free units best."""
