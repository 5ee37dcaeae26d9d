import os

from hypothesis import settings

from tests.spark_cluster import cluster, spark  # noqa: F401

settings.register_profile("expert", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("expert")
