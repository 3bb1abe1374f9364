# Two stages: the first installs and builds the index, the last holds Python, the libraries, the code and the texts, and no tools.
# Every RUN line is also run outside Docker by `.ci/dockerfile.py`.
FROM python:3.12-slim AS build
WORKDIR /srv/app
COPY requirements.lock ./
RUN python3 -m venv /opt/venv && /opt/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-deps --require-hashes -r requirements.lock
RUN /opt/venv/bin/python -m pip uninstall --quiet --yes pip setuptools
COPY app ./app
COPY corpus ./corpus
RUN /opt/venv/bin/python -m app index

FROM python:3.12-slim
RUN rm -rf /usr/local/lib/python3.12/site-packages/pip /usr/local/bin/pip /usr/local/bin/pip3 /usr/local/bin/pip3.12
WORKDIR /srv/app
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=10001:10001 /srv/app /srv/app
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOME=/srv/app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s CMD ["/opt/venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["/opt/venv/bin/python", "-m", "app"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
