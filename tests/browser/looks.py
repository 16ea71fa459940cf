"""The screens and themes in which pages are looked at."""

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
THEMES = ("light", "dark")
