"""What the accounts library asks of the app."""


def display_name(user):
    """People are known by their e-mail address; there are no user names."""
    return user.email
