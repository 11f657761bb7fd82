"""The server of the live picture: events in, the picture and its changes out, under the same access as Studio."""
