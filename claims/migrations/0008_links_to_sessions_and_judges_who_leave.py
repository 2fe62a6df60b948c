
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0007_thresholds_and_outcomes'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='left_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='session',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='share_links', to='claims.reviewsession'),
        ),
        migrations.AddField(
            model_name='sharelink',
            name='shows_names',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='sharelink',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='share_links', to='claims.story'),
        ),
        migrations.AddConstraint(
            model_name='sharelink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('session', None), ('story__isnull', False)), models.Q(('session__isnull', False), ('story', None)), _connector='OR'), name='link_to_a_story_or_a_session'),
        ),
        migrations.AddConstraint(
            model_name='sharelink',
            constraint=models.CheckConstraint(condition=models.Q(('shows_names', False), ('session__isnull', False), _connector='OR'), name='link_shows_names_of_judges'),
        ),
    ]
