"""The app's addresses without its error pages: see control.py."""

from django.urls import include, path

urlpatterns = [path("", include("tpmguide.urls"))]
