"""What is read off a store of missions: who went where, how long everything took, and how many were reached in time."""
