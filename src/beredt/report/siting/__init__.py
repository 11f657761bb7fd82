"""The page of ``beredt site``: where, how sure, what else would do, and what the second criterion costs."""
