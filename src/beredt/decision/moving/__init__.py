"""Rules of relocation beside one another: what they gain, and what they ask of crews."""
