"""Rows to a spec and back, for a framework and for the guide. One query a table.

`whole` is the row that holds all the others: a framework or the guide.
"""

from collections import Counter, defaultdict

from careers.spec_tree import PARTS_WITHIN, items


def load_spec(kind, tables, whole, **own):
    """The spec of a kind that the rows of `whole` hold now, in the order of the rows.

    `own` are the values of the spec's own fields.
    """
    parts = defaultdict(list)  # (kind of part, pk of what holds it) -> the parts
    for table in reversed(tables):
        for row in _rows(table, whole):
            holder = row.pop(f"{table.parent}_id")
            within = _within(table.part, row.pop("pk"), parts)
            parts[table.part, holder].append(
                table.part(**_values(table, row), **within)
            )
    return kind(**own, **_within(kind, whole.pk, parts))


def rows_of(table, whole):
    """The rows of one table that `whole` holds."""
    return table.model.objects.filter(**{table.path_to_whole: whole})


def _rows(table, whole):
    columns = {
        name: f"{table.links[name][0]}__key" if name in table.links else name
        for name in table.fields
    }
    rows = rows_of(table, whole)
    rows = rows.order_by("order", "pk") if table.placed else rows.order_by("pk")
    wanted = ["pk", f"{table.parent}_id", *columns.values()]
    for values in rows.values_list(*wanted):
        yield dict(zip(["pk", f"{table.parent}_id", *columns], values, strict=True))


def _values(table, row):
    for name in table.lists:
        lines = (line.strip() for line in row[name].split("\n"))
        row[name] = tuple(line for line in lines if line)
    return row


def _within(kind, pk, parts):
    sections = PARTS_WITHIN.get(kind, {})
    return {section: tuple(parts[part, pk]) for section, part in sections.items()}


# Writing
# --------------------------------------------------------------------------------------


def delete_rows(tables, whole):
    """Removes every part of `whole`, and leaves `whole` itself."""
    for table in reversed(tables):
        rows_of(table, whole).delete()


def write_rows(tables, whole, spec):
    """Writes the parts of a spec into `whole`, which has none yet."""
    pks = {}  # the row of each path
    for table in tables:
        paths, rows = [], []
        for path, part in items(spec):
            if type(part) is table.part:
                paths.append(path)
                rows.append(table.model(**_columns(table, whole, path, part, pks)))
        _number(table, paths, rows)
        created = table.model.objects.bulk_create(rows)
        pks.update({path: row.pk for path, row in zip(paths, created, strict=True)})


def _columns(table, whole, path, part, pks):
    columns = {}
    if "__" not in table.path_to_whole:
        columns[f"{table.path_to_whole}_id"] = whole.pk
    if table.parent != table.path_to_whole:
        columns[f"{table.parent}_id"] = pks[path[:-2]]
    for name in table.fields:
        value = getattr(part, name)
        if name in table.links:
            column, section = table.links[name]
            columns[f"{column}_id"] = pks[section, value]
        else:
            columns[name] = "\n".join(value) if name in table.lists else value
    return columns


def _number(table, paths, rows):
    """Gives placed rows their place among those that stand in the same part."""
    if not table.placed:
        return
    places = Counter()
    for path, row in zip(paths, rows, strict=True):
        places[path[:-2]] += 1
        row.order = places[path[:-2]]
