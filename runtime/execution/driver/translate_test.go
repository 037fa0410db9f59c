package driver_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"google.golang.org/protobuf/proto"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
)

func TestJob_crossesTheBorderWhole(t *testing.T) {
	want := execution.Job{
		ID: "job-1", Dir: "/jobs/1", Devices: []string{"GPU-1"}, Seed: lilypad.Keccak256([]byte("seed")),
		Spec: lilypad.Spec{
			Engine: lilypad.EngineDocker, Image: "sha256:0", Wasm: lilypad.Keccak256([]byte("wasm")),
			Entrypoint: []string{"/e"}, Args: []string{"a", ""}, Env: []string{"A=b"}, WorkDir: "/w",
			Resources: lilypad.Resources{GPUs: 1, VRAMMB: 2, CPUMilli: 3, RAMMB: 4, DiskMB: 5}, GPUModel: "A10", GPUDriver: "535",
			Network: true, Outputs: []lilypad.Output{{Name: "o", Path: "/o"}}, Timeout: 6,
			Models: []lilypad.Model{{URL: "https://h/w", SHA256: lilypad.Keccak256([]byte("model")), Bytes: 7, Path: "/m/w"}},
		},
	}
	if diff := cmp.Diff(want, driver.AcrossBorder(want)); diff != "" {
		t.Errorf("job (-want +got):\n%s", diff)
	}
}

// FuzzAnswers reads any bytes as what a driver answers.
func FuzzAnswers(f *testing.F) {
	for _, m := range []proto.Message{
		&wire.Found{Engine: "docker", Version: "1", Capacity: &wire.Resources{Gpus: 1}, Gpus: []*wire.GPU{{Uuid: "GPU-1", Model: "A10"}}},
		&wire.Outcome{End: "refused", ExitCode: 130, Reason: "because\x1b"},
		&wire.Handle{Handle: "id@/jobs/1"},
	} {
		b, err := proto.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, text := range driver.ReadAnswers(b) {
			if len(text) > 8<<10 || !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
				t.Errorf("%q was let in", text)
			}
		}
	})
}
