from store_fixtures import context, store

__all__ = ["context", "store"]
