"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from careers import urls as framework_pages

admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = "tpmguide"

urlpatterns = [
    path("", include("assessment.urls")),
    path("", include("careers.urls")),
    path(
        "frameworks/<slug:framework_key>/",
        include((framework_pages.urlpatterns, "frameworks")),
    ),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
