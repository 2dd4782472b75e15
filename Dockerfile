# One image for web, worker, beat and the migrate step; docker-compose.yml says which command each runs.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-croscore gettext \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/portal
WORKDIR /srv/portal

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock

COPY . .
# DEBUG=0 DEMO=1: the hashed static files need settings, and the demo's are the ones that need no secret.
RUN scripts/messages --compile \
    && DEMO=1 VAR_DIR=/tmp/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /tmp/build var \
    && useradd --system --uid 10001 --home-dir /srv/portal portal \
    && install --directory --owner portal --group portal --mode 700 /var/lib/portal

USER portal
VOLUME /var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "doan_portal.wsgi", "--config", "deploy/gunicorn.conf.py"]
