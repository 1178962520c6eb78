"""The desk as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from dateline.stand.serve import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.conf.settings")

end_with_parent()
application = get_wsgi_application()
