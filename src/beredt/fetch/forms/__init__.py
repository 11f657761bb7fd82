"""What answers look like: each form is checked before a file gets its name, and says what differs."""
