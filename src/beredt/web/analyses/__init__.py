"""What the pages of siting, dimensioning and rosters are asked and told."""
