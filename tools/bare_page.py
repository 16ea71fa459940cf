"""A bare signed-in page with a table of twenty rows: what `make cost` compares with.

As plain as Django makes it: its own default middleware, a layout, the signed-in person's
address, a form to sign out, and a table of twenty rows from the database, five cells each.
"""

from functools import cache

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from assessment.models import Rating

# What `startproject` writes.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROWS = 20
TEMPLATE = """<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>{% block title %}Ratings{% endblock %}</title></head>
  <body>
    <header>{{ user.email }}
      <form method="post" action="{% url "account_logout" %}">{% csrf_token %}<button>Sign out</button></form>
    </header>
    <main>
      {% for message in messages %}<p>{{ message }}</p>{% endfor %}
      <h1>Ratings</h1>
      <p>{{ total }} in all</p>
      <table>
        <thead><tr><th>Skill</th><th>Group</th><th>Rating</th><th>Confidence</th><th>On</th></tr></thead>
        <tbody>
          {% for row in rows %}
            <tr>
              <th scope="row">{{ row.skill.name }}</th>
              <td>{{ row.skill.group.name }}</td>
              <td>{{ row.value }}</td>
              <td>{{ row.get_confidence_display }}</td>
              <td>{{ row.rated_at|date:"j F Y" }}</td>
            </tr>
          {% endfor %}
        </tbody>
      </table>
    </main>
  </body>
</html>
"""


@login_required
def bare(request):
    """Four queries, as that page has: session, user, a count, twenty rows."""
    mine = Rating.objects.filter(assessment__owner=request.user)
    context = {
        "rows": mine.select_related("skill__group").order_by("pk")[:ROWS],
        "total": mine.count(),
    }
    return HttpResponse(page().render(context, request))


@cache
def page():
    return engines["django"].from_string(TEMPLATE)


urlpatterns = [path("bare/", bare), path("", include("tpmguide.urls"))]
