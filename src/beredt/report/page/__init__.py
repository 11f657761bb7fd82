"""The page itself: blocks that chapters are made of, and how they become one HTML file."""
