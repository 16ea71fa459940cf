"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from assessment.reader import standing_of
from careers.urls import framework_pages
from tpmguide import openid
from tpmguide.accounts import sign_out, too_many_tries
from tpmguide.health import counts, healthz, readyz
from tpmguide.sessions import SessionList

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = settings.SITE_NAME

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
    path("accounts/password/set/", openid.set_password, name="account_set_password"),
    path("accounts/openid/", openid.sign_in, name="openid_sign_in"),
    path("accounts/openid/again/", openid.again, name="openid_again"),
    path("accounts/openid/callback/", openid.callback, name="openid_callback"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("accounts/sessions/", SessionList.as_view(), name="usersessions_list"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", counts, name="metrics"),
]

if "tools.styleguide" in settings.INSTALLED_APPS:
    urlpatterns.append(path("", include("tools.styleguide.urls")))

handler400 = "tpmguide.errors.bad_request"
handler403 = "tpmguide.errors.forbidden"
handler404 = "tpmguide.errors.not_found"
handler500 = "tpmguide.errors.server_error"
