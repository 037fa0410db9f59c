package hardware

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

const (
	maxGPUs  = 256
	maxReply = 1 << 20 // bytes of nvidia-smi's answer
)

// GPUs asks nvidia-smi for the NVIDIA GPUs of this machine. When there is no
// such program it returns none.
//
// # Errors
//
// Unavailable when the program answers with an error or with what
// [ParseNVIDIA] refuses.
func GPUs(ctx context.Context, nvidiaSMI string) ([]execution.GPU, error) {
	path, err := exec.LookPath(nvidiaSMI)
	if errors.Is(err, exec.ErrNotFound) {
		return nil, nil
	}
	if err == nil {
		var out []byte
		cmd := exec.CommandContext(ctx, path, "--query-gpu=uuid,name,memory.total,driver_version", "--format=csv,noheader,nounits")
		if out, err = cmd.Output(); err == nil {
			var gpus []execution.GPU
			if gpus, err = ParseNVIDIA(bytes.NewReader(out)); err == nil {
				return gpus, nil
			}
		}
	}
	return nil, &lilypad.Error{
		Code: lilypad.Unavailable, Msg: "ask " + nvidiaSMI + " for GPUs", Err: err,
		Remedy: "run nvidia-smi to see whether the driver is loaded",
	}
}

var uuidForm = regexp.MustCompile(`^(GPU|MIG)-[0-9A-Za-z-]{1,80}$`)

// ParseNVIDIA reads lines of uuid, name, MiB of memory and driver version, as
// nvidia-smi prints them with --format=csv,noheader,nounits.
//
// # Errors
//
// Invalid, naming the line.
func ParseNVIDIA(r io.Reader) ([]execution.GPU, error) {
	lines := csv.NewReader(io.LimitReader(r, maxReply))
	lines.FieldsPerRecord, lines.TrimLeadingSpace = 4, true
	var gpus []execution.GPU
	seen := map[string]bool{}
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return gpus, nil
		}
		if err != nil {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "GPU list", Err: err}
		}
		mib, err := strconv.ParseUint(strings.TrimSpace(fields[2]), 10, 32)
		bad := func(what string) error {
			return lilypad.Errorf(lilypad.Invalid, "GPU list: line %d: %s", len(gpus)+1, what)
		}
		uuid, model, driver := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1]), strings.TrimSpace(fields[3])
		switch {
		case err != nil || mib > 64<<20:
			return nil, bad(fmt.Sprintf("memory %.20q is not a number of MiB", fields[2]))
		case !uuidForm.MatchString(uuid):
			return nil, bad(fmt.Sprintf("%.90q is not a GPU uuid", uuid))
		case seen[uuid]:
			return nil, bad("a GPU is listed twice")
		case model == "" || !plain(model) || !plain(driver):
			return nil, bad(fmt.Sprintf("model %.40q or driver %.40q is not plain text", model, driver))
		case len(gpus) == maxGPUs:
			return nil, bad(fmt.Sprintf("more than %d GPUs", maxGPUs))
		}
		seen[uuid] = true
		gpus = append(gpus, execution.GPU{UUID: uuid, Model: model, VRAMMB: InMB(mib << 20), Driver: driver})
	}
}

func plain(s string) bool {
	return len(s) <= 100 && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}
