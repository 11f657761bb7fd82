"""One model per file: each is a function from a question to expected counts [H, A, U]."""
