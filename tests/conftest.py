import os

from hypothesis import settings

settings.register_profile("expert", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("expert")
