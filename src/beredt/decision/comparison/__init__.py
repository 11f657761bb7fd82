"""Criteria beside one another: effects, regret, ranks, and what the answer hangs on. The gate stands above them all."""
