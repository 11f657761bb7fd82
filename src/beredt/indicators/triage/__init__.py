"""How telephone urgency and on-scene triage agree: the matrix, over- and under-triage, kappa, trends."""
