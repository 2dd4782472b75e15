"""The web application for gunicorn. Production settings do not start on a database with demo accounts in it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "doan_portal.settings")

application = get_wsgi_application()

from accounts.demo_guard import refuse_demo_accounts  # noqa: E402 - models can be loaded only now

refuse_demo_accounts()
