"""The risk analysis (ROS): what may happen, how likely and how grave people think it is, and how far they agree.

Scores are never summed, here or anywhere: not over events, not over areas, not over assessors, and likelihood is never
multiplied by consequence. The numbers 1 to 5 stand for words in an order; a sum of them would say that five small
troubles weigh as much as one death. What is worked out keeps to the order: medians, ranges, and how far assessors
lie apart. Every row of every table is about one event.
"""
