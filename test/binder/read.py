# What repo2docker reads in the checkout that is named, as JSON.
import json
import os
import sys

from repo2docker.app import Repo2Docker

os.chdir(sys.argv[1])
application = Repo2Docker()
for kind in application.buildpacks:
    pack = kind(application.base_image)
    if pack.detect():
        break
else:
    sys.exit("repo2docker finds nothing to build")

print(
    json.dumps(
        {
            "buildpack": type(pack).__name__,
            "folder": pack.binder_dir,
            "python": pack.python_version,
            "environment": pack.environment_yaml,
            "postBuild": pack.get_post_build_scripts(),
            "start": pack.get_start_script(),
        }
    )
)
