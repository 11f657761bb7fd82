"""What a model or a rule answers, written as edits of a service, so that it can be simulated and gone on with."""
