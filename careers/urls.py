"""Addresses of the framework's own pages."""

app_name = "careers"
urlpatterns = []
