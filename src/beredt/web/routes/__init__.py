"""What can be asked of the server, one file per noun. Each makes a router from the parts that it needs."""
