package members_test

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"testing"

	"github.com/lilypad-network/lilypad/plugins/compare/internal/judge"
	"github.com/lilypad-network/lilypad/plugins/compare/internal/members"
	"github.com/lilypad-network/lilypad/sdk/go/compare"
)

func TestOf_takesWhatIsOn(t *testing.T) {
	for on, want := range map[int]int{0: 0, 1: 1, 3: 3} {
		var params []compare.Param
		for _, key := range []string{"image", "numeric", "text"}[:on] {
			params = append(params, compare.Param{Key: key, Value: 1})
		}
		if got := members.Of(judge.Limits{Params: params}); len(got) != want {
			t.Errorf("%d kinds, want %d", len(got), want)
		}
	}
}

type manifest struct {
	Settings struct{ Properties map[string]any }
	Reasons  map[string]any
}

func read(t *testing.T, name string) (m manifest) {
	t.Helper()
	b, err := os.ReadFile("../../" + name + "/manifest.json")
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// What a member is asked by is the same inside of any-of and all-of, and what
// it says has the same words.
func TestManifests_haveWhatTheirMembersHave(t *testing.T) {
	all := manifest{Reasons: map[string]any{}}
	all.Settings.Properties = map[string]any{}
	for _, name := range []string{"image", "numeric", "text"} {
		m := read(t, name)
		maps.Copy(all.Settings.Properties, m.Settings.Properties)
		maps.Copy(all.Reasons, m.Reasons)
	}
	for _, name := range []string{"any-of", "all-of"} {
		m := read(t, name)
		for _, member := range []string{"image", "numeric", "text"} {
			if m.Settings.Properties[member] == nil {
				t.Errorf("%s has no parameter %s", name, member)
			}
			delete(m.Settings.Properties, member)
		}
		if !reflect.DeepEqual(m, all) {
			t.Errorf("%s: its parameters or reasons are not those of its members", name)
		}
	}
}
