"""The management report of one month, against the same month of the year before."""
