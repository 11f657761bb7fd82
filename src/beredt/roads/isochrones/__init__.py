"""How far one comes in some minutes: times on a grid of places, lines of equal time, people and area inside."""
