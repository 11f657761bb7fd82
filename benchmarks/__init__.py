"""How fast Beredt is, measured beside other ways of doing the same. `python -m benchmarks` runs them."""
