"""What an editor changed, from what to what, as Django's own log keeps it."""

from django.forms.models import InlineForeignKeyField
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext

LONGEST = 300  # characters of a value; whole texts stand in the versions


def in_words(value):
    """A value of a framework as an editor reads it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, tuple):
        value = "; ".join(value)
    return gettext("nothing") if value in (None, "") else str(value)


def change_message(form, formsets):
    """One line for each field that is another one now; empty where none is.

    One query for each link to another row that was changed.
    """
    lines = list(_changes(form))
    for formset in formsets:
        kind = formset.model._meta.verbose_name
        for each in formset.forms:
            if not hasattr(each, "cleaned_data") or each in formset.deleted_forms:
                continue
            name = f"{kind} {_name_of(each)}"
            if each.instance in formset.new_objects:
                lines.append(gettext("%(part)s: added") % {"part": capfirst(name)})
            elif each.has_changed():
                lines += [f"{capfirst(name)}, {line}" for line in _changes(each)]
        for row in formset.deleted_objects:
            said = {"part": capfirst(f"{kind} {row}")}
            lines.append(gettext("%(part)s: removed") % said)
    return "\n".join(lines)


def from_to(field, old, new):
    """ "required: 3 → 4"."""
    old, new = (Truncator(in_words(value)).chars(LONGEST) for value in (old, new))
    return f"{field}: {old} → {new}"


def _changes(form):
    for name, field in form.fields.items():
        if name not in form.cleaned_data or name not in form.initial:
            continue
        old, new = form.initial[name], form.cleaned_data[name]
        if isinstance(field, InlineForeignKeyField):
            continue
        if hasattr(field, "queryset"):
            new_pk = new.pk if new is not None else None
            if old != new_pk:
                yield from_to(_label(field), field.queryset.filter(pk=old).first(), new)
        elif hasattr(form.instance, name) and (old or "") != (new or ""):
            names = dict(getattr(field, "choices", ()))
            yield from_to(_label(field), names.get(old, old), names.get(new, new))


def _label(field):
    return str(field.label).lower()


def _name_of(form):
    """What names a part among its like: its key, its point of the scale, or its skill."""
    values = form.cleaned_data
    named = (values.get(name) for name in ("key", "value", "skill", "needs"))
    return next((each for each in named if each not in (None, "")), form.instance)
