"""Addresses of the framework's own pages."""

from django.urls import path

from careers import views

app_name = "careers"
urlpatterns = [
    path("ladder/", views.ladder, name="ladder"),
    path("ladder/<slug:key>/", views.level, name="level"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:key>/", views.skill, name="skill"),
]
