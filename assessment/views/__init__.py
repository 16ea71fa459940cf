"""The pages: access, form, one call, then a redirect or a page."""
