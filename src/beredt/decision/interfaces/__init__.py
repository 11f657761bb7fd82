"""The interface register: who meets whom, how far borders agree, and what the parties say of it."""
