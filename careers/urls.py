"""Addresses of a framework's pages, which every framework has, and of the guide's."""

from django.urls import path

from careers import guide_views, views

app_name = "careers"
framework_pages = [
    path("ladder/", views.ladder, name="ladder"),
    path("ladder/<slug:key>/", views.level, name="level"),
    path(
        "ladder/<slug:key>/job-description/",
        views.job_description,
        name="job_description",
    ),
    path(
        "ladder/<slug:key>/job-description.txt",
        views.job_description_text,
        name="job_description_text",
    ),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:key>/", views.skill, name="skill"),
    path("specializations/", views.specializations, name="specializations"),
    path("specializations/<slug:key>/", views.specialization, name="specialization"),
    path("related/", views.related, name="related"),
    path("related/<slug:key>/", views.related_career, name="related_career"),
    path("certifications/", views.certifications, name="certifications"),
    path("interview/", views.interview, name="interview"),
]
urlpatterns = [
    *framework_pages,
    path("guide/", guide_views.index, name="guide"),
    path("role/", guide_views.role, name="role"),
    path("start/", guide_views.start, name="start"),
    path("apply/", guide_views.apply, name="apply"),
    path("pay/", guide_views.pay, name="pay"),
    path("market/", guide_views.market, name="market"),
    path("questions/", guide_views.questions, name="questions"),
]
