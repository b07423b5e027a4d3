import json
import os
from urllib.request import Request, urlopen

ATTIO = os.environ.get("LOCAL_ATTIO_URL", "http://localhost:3060")

APP = '{ "name": "My app", "redirectUris": [], "scopes": ["task:read", "user_management:read", "record_permission:read", "object_configuration:read"] }'
GRANT = '{ "clientId": "%s", "workspace": "acme", "memberEmail": "ada@acme.example" }'


def call(method, path, body=None, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    data = body.encode() if body else None
    with urlopen(Request(ATTIO + path, data, headers, method=method)) as answer:
        return json.load(answer)


def test_lists_tasks():
    client_id = call("PUT", "/_control/apps", APP)["clientId"]
    token = call("POST", "/_control/access-tokens", GRANT % client_id)["accessToken"]
    assert call("GET", "/v2/tasks?limit=3", token=token)["data"]
