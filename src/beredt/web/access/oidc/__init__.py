"""Login by an organisation's own provider (OpenID Connect): code flow with PKCE, begin reading at `routes.py`."""
