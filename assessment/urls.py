"""Addresses of a person's own pages, and of what explains the tool."""

from django.urls import path

from assessment.views import pages, rating, reports, saving

app_name = "assessment"
urlpatterns = [
    path("", pages.home, name="home"),
    path("how-it-works/", pages.how_it_works, name="how_it_works"),
    path("privacy/", pages.privacy, name="privacy"),
    path("questions/", pages.questions, name="questions"),
    path("styleguide/", pages.styleguide, name="styleguide"),
    path("assess/", rating.start, name="start"),
    path("assess/which-level/", rating.find_level, name="find_level"),
    path("assess/begin/", rating.begin, name="begin"),
    path("assess/<uuid:uid>/", rating.resume, name="resume"),
    path("assess/<uuid:uid>/rate/<slug:group>/", rating.rate, name="rate"),
    path("assess/<uuid:uid>/rate/<slug:group>/keep/", rating.keep, name="keep"),
    path("assess/<uuid:uid>/save/<slug:skill>/", saving.save, name="save"),
    path(
        "assess/<uuid:uid>/rate/<slug:group>/keep/<slug:skill>/",
        rating.keep,
        name="keep",
    ),
    path("assess/<uuid:uid>/quick-look/", rating.quick_look, name="quick_look"),
    path("assess/<uuid:uid>/review/", rating.review, name="review"),
    path("assess/<uuid:uid>/target/", rating.retarget, name="retarget"),
    path("assess/<uuid:uid>/submit/", rating.submit, name="submit"),
    path("assess/<uuid:uid>/label/", reports.rename, name="rename"),
    path("assess/<uuid:uid>/correct/", reports.correct, name="correct"),
    path("assess/<uuid:uid>/delete/", reports.delete, name="delete"),
    path("reports/", reports.dashboard, name="dashboard"),
    path("reports/forget/", reports.forget, name="forget"),
    path("reports/claim/", reports.claim, name="claim"),
    path("reports/unclaim/", reports.unclaim, name="unclaim"),
    path("reports/example/", pages.example, name="example"),
    path("reports/<uuid:uid>/", reports.report, name="report"),
]
