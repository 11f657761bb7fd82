"""What is known now: a fold over the log, the same whatever the order in which events arrived."""
