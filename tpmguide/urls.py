"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from assessment.reader import standing_of
from careers.urls import framework_pages
from tpmguide.accounts import sign_out, too_many_tries
from tpmguide.health import healthz

admin.site.login = secure_admin_login(admin.site.login)
admin.site.site_header = admin.site.site_title = "tpmguide"

handler429 = too_many_tries  # allauth looks for it here

# Pages that know no person are told by this function where their reader stands.
READER = {"reader": standing_of}

urlpatterns = [
    path("", include("assessment.urls")),
    path("", include("careers.urls"), READER),
    path(
        "frameworks/<slug:framework_key>/",
        include((framework_pages, "frameworks")),
        READER,
    ),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

handler400 = "tpmguide.errors.bad_request"
handler403 = "tpmguide.errors.forbidden"
handler404 = "tpmguide.errors.not_found"
handler500 = "tpmguide.errors.server_error"
