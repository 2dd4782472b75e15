from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0016_papers_of_plans"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="progressreport",
            index=models.Index(
                fields=["submitted_at", "id"], condition=models.Q(("state", "submitted")), name="reports_report_waiting"
            ),
        ),
    ]
