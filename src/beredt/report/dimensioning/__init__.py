"""The page of a dimensioning: units per station, why, what borders cost, and what was proposed."""
