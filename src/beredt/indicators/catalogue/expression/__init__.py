"""The small closed language in which an indicator says what it counts. It reads columns; it can do nothing else."""
