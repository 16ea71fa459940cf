"""What a password may not be, beside what Django refuses."""

import re

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

SHORTEST_WORD = 4  # signs: a shorter one is in too many other words


class OwnWordsValidator(MinimumLengthValidator):
    """It is long enough without the words of this site and its hosts: they are guessed first."""

    def validate(self, password, user=None):
        """Raises ValidationError."""
        names = " ".join(["tpmguide", settings.SITE_NAME, *settings.ALLOWED_HOSTS])
        words = re.findall(rf"\w{{{SHORTEST_WORD},}}", names.lower())
        longest_first = sorted(words, key=len, reverse=True)
        rest = re.sub("|".join(longest_first), "", password.lower())
        if rest != password.lower() and len(rest) < self.min_length:
            raise ValidationError(
                gettext(
                    "Without the name of this site this password is too short. Add other words."
                ),
                code="password_of_own_words",
            )

    def get_help_text(self):
        return gettext(
            "Your password cannot be the name of this site with little added."
        )
