"""Roads of a study for the screen: their source, how fast they are driven, their faults, and reach from a click."""
