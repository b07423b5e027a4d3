require "json"
require "net/http"

ATTIO = URI(ENV.fetch("LOCAL_ATTIO_URL", "http://localhost:3060"))
APP = '{ "name": "My app", "redirectUris": [], "scopes": ["task:read", "user_management:read", "record_permission:read", "object_configuration:read"] }'
GRANT = '{ "clientId": "%s", "workspace": "acme", "memberEmail": "ada@acme.example" }'

def call(method, path, body = nil, token = nil)
  Net::HTTP.start(ATTIO.host, ATTIO.port) do |http|
    answer = http.send_request(method, path, body, { "Authorization" => "Bearer #{token}" })
    JSON.parse(answer.body)
  end
end

RSpec.describe "my app" do
  it "lists tasks" do
    client_id = call("PUT", "/_control/apps", APP)["clientId"]
    token = call("POST", "/_control/access-tokens", format(GRANT, client_id))["accessToken"]
    expect(call("GET", "/v2/tasks?limit=3", nil, token)["data"].length).to eq(3)
  end
end
