"""Static files for production: hashed, compressed, one stylesheet without imports."""

import posixpath
import re
from functools import cache

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRIES = (
    "css/app.css",
    "css/owners.css",
)  # of the pages, and of ours within the admin

_LEFT_OUT = re.compile(r'/\*(?!!).*?\*/|@charset "[^"]*";', re.DOTALL | re.IGNORECASE)
_IMPORT = re.compile(r'@import url\("(?P<url>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')


class Storage(CompressedManifestStaticFilesStorage):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Each page asks for the same few: a fiftieth of a report (`make cost`).
        self.url = cache(self.url)  # type: ignore[method-assign]

    def post_process(self, paths, *args, **options):
        """Puts one flat stylesheet in place of the many that each of ENTRIES imports.

        What is imported lies in css/, or names no other file.
        """
        flat, imported = InMemoryStorage(), set()

        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return _LEFT_OUT.sub("", file.read().decode()).strip()

        def embed(found):
            name = posixpath.normpath(f"css/{found['url']}")
            imported.add(name)
            return f"@layer {found['layer']} {{\n{read(name)}\n}}"

        for entry in ENTRIES:
            flat.save(entry, ContentFile(_IMPORT.sub(embed, read(entry)).encode()))
        paths = {name: where for name, where in paths.items() if name not in imported}
        flattened = {entry: (flat, entry) for entry in ENTRIES}
        yield from super().post_process(paths | flattened, *args, **options)
