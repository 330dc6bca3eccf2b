"""The encrypted store: one SQLCipher file, spoken to with SQLAlchemy Core, read and written in units of work."""
