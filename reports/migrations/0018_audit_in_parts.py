from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0017_reports_that_wait"),
    ]

    operations = [
        migrations.AddField(
            model_name="selfaudit",
            name="reached",
            field=models.CharField(blank=True, max_length=255),
        ),
        migrations.AlterField(
            model_name="selfaudit",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
