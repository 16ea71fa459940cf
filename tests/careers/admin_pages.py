"""Walking the framework's admin: addresses, and forms filled in as a page shows them."""

from django.apps import apps
from django.contrib import admin
from django.urls import reverse

REGISTERED = [
    model
    for model in apps.get_app_config("careers").get_models()
    if model in admin.site._registry
]
GUIDE_MODELS = [
    model for model in REGISTERED if model.__module__ == "careers.models.guide"
]
MODELS = [
    model for model in REGISTERED if model.__module__ == "careers.models.framework"
]


def url_of(what, page, *args):
    """An address of the admin for a model or a row."""
    if not isinstance(what, type):
        args = (what.pk, *args)
    return reverse(f"admin:careers_{what._meta.model_name}_{page}", args=args)


def filled_form(client, url):
    """What a browser would send if the form at `url` were saved as it is."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for field in (field for form in forms for field in form):
        value = field.value()
        if value is not None and value is not False:
            data[field.html_name] = value
    return data


def row_named(model, framework):
    """Some row of a framework."""
    if model._meta.model_name == "framework":
        return framework
    return model.objects.filter(framework=framework).order_by("pk").first()


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def errors_of(response):
    """All form errors of a page, of the form and of its tables."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    found = dict(context["adminform"].form.errors)
    for formset in formsets:
        for form in formset.forms:
            found |= {form.add_prefix(name): said for name, said in form.errors.items()}
        if formset.non_form_errors():
            found[formset.prefix] = formset.non_form_errors()
    return {name: list(said) for name, said in found.items()}
