import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWNER_XOR_GUEST = models.Q(owner=None, guest__isnull=False) | models.Q(
    owner__isnull=False, guest=None
)


def owned_by(model, related_name):
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("assessment", "0007_score_has_a_range"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("token_digest", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField()),
                ("last_seen", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("token_digest",), name="guest_token_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="assessment",
            name="guest",
            field=owned_by("assessment.guest", "assessments"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(owner=None) | models.Q(guest=None),
                name="assessment_not_of_owner_and_guest",
            ),
        ),
        migrations.AlterField(
            model_name="practicenote",
            name="owner",
            field=owned_by(settings.AUTH_USER_MODEL, "practice_notes"),
        ),
        # On the way back, before the owner is required again.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM assessment_practicenote WHERE owner_id IS NULL",
        ),
        migrations.AddField(
            model_name="practicenote",
            name="guest",
            field=owned_by("assessment.guest", "practice_notes"),
        ),
        migrations.AddConstraint(
            model_name="practicenote",
            constraint=models.UniqueConstraint(
                fields=("guest", "framework_key", "question_key"),
                name="practice_note_once_per_question_of_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="practicenote",
            constraint=models.CheckConstraint(
                condition=OWNER_XOR_GUEST, name="practice_note_of_owner_or_guest"
            ),
        ),
        migrations.CreateModel(
            name="ShareGrant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to="assessment.sharelink",
                    ),
                ),
                ("owner", owned_by(settings.AUTH_USER_MODEL, "share_grants")),
                ("guest", owned_by("assessment.guest", "share_grants")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=OWNER_XOR_GUEST, name="share_grant_of_owner_or_guest"
                    ),
                    models.UniqueConstraint(
                        fields=("owner", "link"), name="share_grant_once_per_owner"
                    ),
                    models.UniqueConstraint(
                        fields=("guest", "link"), name="share_grant_once_per_guest"
                    ),
                ],
            },
        ),
    ]
