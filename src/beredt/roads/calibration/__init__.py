"""Class speeds fitted to trips, with the error on trips that were held out, and how sure each class is."""
