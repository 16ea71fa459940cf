"""A page with what pages are made of, for those who build them. Not in production."""
