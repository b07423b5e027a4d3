package attio

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

const app = `{ "name": "My app", "redirectUris": [], "scopes": ["task:read", "user_management:read", "record_permission:read", "object_configuration:read"] }`
const grant = `{ "clientId": "%s", "workspace": "acme", "memberEmail": "ada@acme.example" }`

// call answers with the members of the JSON object that came back.
func call(t *testing.T, method, path, body, token string) map[string]any {
	request, _ := http.NewRequest(method, os.Getenv("LOCAL_ATTIO_URL")+path, strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil || answer.StatusCode != 200 {
		t.Fatal(path, answer, err)
	}
	defer answer.Body.Close()
	var members map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&members); err != nil {
		t.Fatal(err)
	}
	return members
}

func TestListsTasks(t *testing.T) {
	clientID := call(t, "PUT", "/_control/apps", app, "")["clientId"]
	token := call(t, "POST", "/_control/access-tokens", fmt.Sprintf(grant, clientID), "")["accessToken"]
	if call(t, "GET", "/v2/tasks?limit=3", "", token.(string))["data"] == nil {
		t.Fatal("no tasks")
	}
}
