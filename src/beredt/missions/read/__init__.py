"""From the file of a log to rows: encoding, cells, times, numbers, codes, lists of units, and no names of persons."""
