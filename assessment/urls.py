"""Addresses of a person's own pages, and of what explains the tool."""

app_name = "assessment"
urlpatterns = []
