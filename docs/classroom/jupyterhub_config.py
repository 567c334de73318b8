# A JupyterHub for a class on one server, without TLJH and without containers. `npm run classroom` tries it with 20 students.
# Every student runs as the user who runs the hub: a trial, or a room in which all trust each other. With accounts of their
# own for the students take `LocalProcessSpawner` and `PAMAuthenticator`, which are what JupyterHub has without these two lines.
import os

c = get_config()  # noqa: F821

c.JupyterHub.spawner_class = "simple"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = os.environ["CLASSROOM_PASSWORD"]
c.Authenticator.allow_all = True

c.JupyterHub.bind_url = os.environ.get("CLASSROOM_URL", "http://127.0.0.1:8000")
c.JupyterHub.hub_port = int(os.environ.get("CLASSROOM_HUB_PORT", "8081"))
c.JupyterHub.db_url = "sqlite:///jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = "jupyterhub_cookie_secret"
# A class that comes in at nine begins at once.
c.JupyterHub.concurrent_spawn_limit = 20
c.JupyterHub.active_server_limit = 0

c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.Spawner.environment = {
    # A compiler that nobody asks gives its memory back after so many seconds.
    "PARLAB_COMPILER_IDLE": os.environ.get("PARLAB_COMPILER_IDLE", "60"),
    # Else each student's histories lie in one file where all have one home.
    "PARLAB_HISTORY": os.environ.get("PARLAB_HISTORY", ":memory:"),
}
# A kernel that nobody looks at ends after 20 minutes, and the server of a student who has left after an hour.
c.Spawner.args = [
    "--MappingKernelManager.cull_idle_timeout=1200",
    "--MappingKernelManager.cull_interval=120",
    "--MappingKernelManager.cull_connected=False",
    "--ServerApp.shutdown_no_activity_timeout=3600",
]
if os.getuid() == 0:
    # In a container, where there may be no other user.
    c.Spawner.args.append("--allow-root")

# For the program that plays the class.
token = os.environ.get("CLASSROOM_TOKEN")
if token:
    # It speaks to kernels without a browser, and so without a cookie.
    c.Spawner.environment["JUPYTERHUB_ALLOW_TOKEN_IN_URL"] = "1"
    c.JupyterHub.services = [{"name": "classroom", "api_token": token}]
    c.JupyterHub.load_roles = [
        {
            "name": "classroom",
            "services": ["classroom"],
            "scopes": ["admin:users", "admin:servers", "access:servers"],
        }
    ]
