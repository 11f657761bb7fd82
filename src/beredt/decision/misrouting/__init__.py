"""Calls that reach the wrong centre: who lives near a border between centres, and how many calls may go astray."""
