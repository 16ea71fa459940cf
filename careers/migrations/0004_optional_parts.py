from django.db import migrations, models


class Migration(migrations.Migration):
    """Other scales than 0 to 5; hours, kinds of groups and more may be absent."""

    dependencies = [("careers", "0003_guide")]
    operations = [
        migrations.RemoveConstraint("careerlevel", "career_level_ready_cut"),
        migrations.RenameField("careerlevel", "ready_cut", "ready_line"),
        migrations.RemoveConstraint(
            model_name="certificationsupport",
            name="certification_support_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="developmentaction",
            name="development_action_from",
        ),
        migrations.RemoveConstraint(
            model_name="developmentaction",
            name="development_action_hours",
        ),
        migrations.RemoveConstraint(
            model_name="interviewquestion",
            name="interview_question_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="proficiencylevel",
            name="proficiency_level_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="requirement",
            name="requirement_required_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="skilllevel",
            name="skill_level_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="skilllevel",
            name="skill_level_hours",
        ),
        migrations.RemoveConstraint(
            model_name="skillprerequisite",
            name="skill_prerequisite_min_on_scale",
        ),
        migrations.RemoveConstraint(
            model_name="skillprerequisite",
            name="skill_prerequisite_from_on_scale",
        ),
        migrations.AlterField(
            model_name="careerlevel",
            name="ready_line",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="A panel's line, 90 to 100. Empty: the model's own rule.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="developmentaction",
            name="hours",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="A part of the step's hours; never added to them.",
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="proficiencylevel",
            name="autonomy",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AlterField(
            model_name="proficiencylevel",
            name="complexity",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AlterField(
            model_name="proficiencylevel",
            name="definition",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="proficiencylevel",
            name="scope",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AlterField(
            model_name="requirement",
            name="importance",
            field=models.PositiveSmallIntegerField(default=3),
        ),
        migrations.AlterField(
            model_name="skillgroup",
            name="description",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="skillgroup",
            name="kind",
            field=models.CharField(
                blank=True,
                default="",
                help_text="In your own words. 'technical' and 'soft' are told apart on the ladder.",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="skilllevel",
            name="hours",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="certificationsupport",
            constraint=models.CheckConstraint(
                condition=models.Q(("up_to__gte", 1), ("up_to__lte", 10)),
                name="certification_support_on_scale",
                violation_error_message="Up to is 1 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_value__gte", 0), ("from_value__lte", 9)),
                name="development_action_from",
                violation_error_message="From value is 0 to 9.",
            ),
        ),
        migrations.AddConstraint(
            model_name="developmentaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hours__gte", 1), ("hours__lte", 2000)),
                    ("hours__isnull", True),
                    _connector="OR",
                ),
                name="development_action_hours",
                violation_error_message="Hours is 1 to 2000.",
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("probes_value__gte", 1), ("probes_value__lte", 10)),
                name="interview_question_on_scale",
                violation_error_message="Probes value is 1 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proficiencylevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__gte", 0), ("value__lte", 10)),
                name="proficiency_level_on_scale",
                violation_error_message="Value is 0 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="requirement",
            constraint=models.CheckConstraint(
                condition=models.Q(("required__gte", 0), ("required__lte", 10)),
                name="requirement_required_on_scale",
                violation_error_message="Required is 0 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skilllevel",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__gte", 1), ("value__lte", 10)),
                name="skill_level_on_scale",
                violation_error_message="Value is 1 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skilllevel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hours__gte", 1), ("hours__lte", 2000)),
                    ("hours__isnull", True),
                    _connector="OR",
                ),
                name="skill_level_hours",
                violation_error_message="Hours is 1 to 2000.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillprerequisite",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_value__gte", 1), ("min_value__lte", 10)),
                name="skill_prerequisite_min_on_scale",
                violation_error_message="Min value is 1 to 10.",
            ),
        ),
        migrations.AddConstraint(
            model_name="skillprerequisite",
            constraint=models.CheckConstraint(
                condition=models.Q(("applies_from__gte", 1), ("applies_from__lte", 10)),
                name="skill_prerequisite_from_on_scale",
                violation_error_message="Applies from is 1 to 10.",
            ),
        ),
    ]
