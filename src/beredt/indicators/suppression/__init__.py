"""Small counts that are left out of a table, and the others that must go with them so that no total gives them away."""
