"""Static files for production: hashed, compressed, one stylesheet without imports."""

import posixpath
import re

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/app.css"

_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
_CHARSET = re.compile(r'^@charset "[^"]*";', re.IGNORECASE)
_IMPORT = re.compile(r'@import url\("(?P<url>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
_URL = re.compile(r'url\("(?!data:|#|/|https?:)(?P<url>[^"]+)"\)')


def flatten_imports(name, read):
    """Return stylesheet `name` with each `@import url() layer(x)` as `@layer x { … }`.

    `read(name)` gives the text of a static file. Relative addresses are rewritten to
    be right from the folder of `name`; an imported file may not import in its turn.
    """
    folder = posixpath.dirname(name)

    def embed(match):
        imported = posixpath.normpath(posixpath.join(folder, match["url"]))
        css = _COMMENT.sub("", _CHARSET.sub("", read(imported))).strip()
        if "@import" in css:
            raise ValueError(f"{imported} imports; only {name} may.")
        return f"@layer {match['layer']} {{\n{_move_urls(css, imported, folder)}\n}}"

    css = _IMPORT.sub(embed, _COMMENT.sub("", read(name)).strip())
    if "@import" in css:
        raise ValueError(f'{name}: write each import as @import url("…") layer(…);')
    return css


def imports_of(name, css):
    """The names of the static files that stylesheet `name` imports, in order."""
    folder = posixpath.dirname(name)
    return [
        posixpath.normpath(posixpath.join(folder, match["url"]))
        for match in _IMPORT.finditer(css)
    ]


def _move_urls(css, imported, folder):
    def move(match):
        target = posixpath.join(posixpath.dirname(imported), match["url"])
        return f'url("{posixpath.relpath(posixpath.normpath(target), folder)}")'

    return _URL.sub(move, css)


class Storage(CompressedManifestStaticFilesStorage):
    """Hashes file names; leaves source maps out, which are not served."""

    patterns = tuple(
        (
            extension,
            tuple(
                pattern
                for pattern in patterns
                if "sourceMappingURL"
                not in (pattern if isinstance(pattern, str) else pattern[0])
            ),
        )
        for extension, patterns in CompressedManifestStaticFilesStorage.patterns
    )

    def post_process(self, paths, dry_run=False, **options):
        """Put one flat stylesheet in place of the many that app.css imports."""
        if not dry_run and STYLESHEET in paths:
            paths = self._with_flat_stylesheet(dict(paths))
        yield from super().post_process(paths, dry_run, **options)

    def _with_flat_stylesheet(self, paths):
        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        flat = InMemoryStorage()
        flat.save(STYLESHEET, ContentFile(flatten_imports(STYLESHEET, read).encode()))
        for name in imports_of(STYLESHEET, read(STYLESHEET)):
            del paths[name]
        paths[STYLESHEET] = (flat, STYLESHEET)
        return paths
