"""From systems that do not send by themselves to a live server: a broker, a watched folder, an address that is polled.

Each hands what it finds to a `Delivery`, and lets go of it only when the server has acknowledged it: see `delivery.py`.
"""
