"""Addresses of the pages that every framework has, those of its guide among them."""

from django.urls import path

from careers import guide_views, views

app_name = "careers"
SPECIALIZATION, RELATED = {"kind": "specialization"}, {"kind": "related"}
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
        views.job_description,
        {"form": "txt"},
        name="job_description_text",
    ),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:key>/", views.skill, name="skill"),
    path("specializations/", views.careers, SPECIALIZATION, name="specializations"),
    path(
        "specializations/<slug:key>/",
        views.career,
        SPECIALIZATION,
        name="specialization",
    ),
    path("related/", views.careers, RELATED, name="related"),
    path("related/<slug:key>/", views.career, RELATED, name="related_career"),
    path("certifications/", views.certifications, name="certifications"),
    path("interview/", views.interview, name="interview"),
    path("guide/", guide_views.index, name="guide"),
    path("role/", guide_views.page, {"key": "role"}, name="role"),
    path("start/", guide_views.page, {"key": "start"}, name="start"),
    path("apply/", guide_views.page, {"key": "apply"}, name="apply"),
    path("pay/", guide_views.pay, name="pay"),
    path("market/", guide_views.page, {"key": "market"}, name="market"),
    path("questions/", guide_views.questions, name="questions"),
]
urlpatterns = [
    *framework_pages,
    path("frameworks/", views.frameworks, name="frameworks"),
]
