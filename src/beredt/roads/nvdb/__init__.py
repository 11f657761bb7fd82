"""Roads of Norway's national road data bank (NVDB): answers of its API, and its network for route planning."""
