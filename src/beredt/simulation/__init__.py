"""One alternative, simulated: pack, kernel, unpack, and the runs and replications around them."""
