"""Its only address."""

from django.urls import path

from tools.styleguide.views import styleguide

urlpatterns = [path("styleguide/", styleguide, name="styleguide")]
