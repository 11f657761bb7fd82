"""Where stations and units should be: published models, solved to proof where proof exists."""
