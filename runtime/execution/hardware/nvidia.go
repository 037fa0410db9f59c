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
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Patience is how long nvidia-smi may take. On a machine that does not keep
// its driver loaded each GPU takes it a second or two.
const Patience = 15 * time.Second

// NVIDIA asks a program, nvidia-smi but in tests, for the NVIDIA GPUs of this
// machine; without such a program there are none. A GPU that is split by MIG
// is replaced by its instances, and one that is split into none is left out.
//
// # Errors
//
// Unavailable when the program answers with an error or not within [Patience];
// and for GPUs that [ParseNVIDIA] leaves out, with which the others come.
func NVIDIA(ctx context.Context, program string) ([]execution.GPU, error) {
	path, err := exec.LookPath(program)
	if errors.Is(err, exec.ErrNotFound) {
		return nil, nil
	}
	var gpus []execution.GPU
	if err == nil {
		ctx, stop := context.WithTimeout(ctx, Patience)
		defer stop()
		gpus, err = nvidia(ctx, path)
	}
	if err != nil {
		return gpus, &lilypad.Error{
			Code: lilypad.Unavailable, Msg: "ask " + program + " for GPUs", Err: err,
			Remedy: "run nvidia-smi to see whether the driver is loaded",
		}
	}
	return gpus, nil
}

func nvidia(ctx context.Context, path string) ([]execution.GPU, error) {
	out, err := ask(ctx, path, "--query-gpu=uuid,name,memory.total,driver_version", "--format=csv,noheader,nounits")
	if err != nil {
		return nil, err
	}
	gpus, left := ParseNVIDIA(bytes.NewReader(out))
	if len(gpus) == 0 {
		return nil, left
	}
	modes, err := ask(ctx, path, "--query-gpu=uuid,mig.mode.current", "--format=csv,noheader")
	if err != nil || !bytes.Contains(modes, []byte("Enabled")) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return gpus, left // a driver that does not know the question knows no MIG
	}
	if out, err = ask(ctx, path, "-L"); err != nil {
		return nil, err
	}
	gpus, err = ParseMIG(gpus, modes, out)
	return gpus, errors.Join(left, err)
}

// ask runs a program and returns what it prints. It gives up when ctx ends,
// also on a process that sits in the driver and cannot be killed.
func ask(ctx context.Context, path string, args ...string) ([]byte, error) {
	var out bounded
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Stdout, cmd.WaitDelay = &out, time.Second
	done := make(chan error, 1)
	go func() { done <- cmd.Run() }() // nobody waits for one that hangs in the kernel
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(2 * cmd.WaitDelay):
			return nil, lilypad.Errorf(lilypad.Timeout, "%s hangs and cannot be killed", path)
		}
	}
	switch {
	case ctx.Err() != nil:
		return nil, lilypad.Errorf(lilypad.Timeout, "%s %s did not answer in time", path, args[0])
	case err != nil:
		return nil, fmt.Errorf("%s %s: %w", path, args[0], err)
	}
	return out.kept, nil
}

// bounded keeps what is written, up to maxReply.
type bounded struct{ kept []byte }

func (b *bounded) Write(p []byte) (int, error) {
	if len(b.kept)+len(p) > maxReply {
		return 0, lilypad.Errorf(lilypad.Invalid, "it printed more than %d bytes", maxReply)
	}
	b.kept = append(b.kept, p...)
	return len(p), nil
}

// The UUIDs of MIG instances had slashes in them before driver 470.
var uuidForm = regexp.MustCompile(`^(GPU-[0-9A-Za-z-]{1,80}|MIG-[0-9A-Za-z/-]{1,80})$`)

// ParseNVIDIA reads lines of uuid, name, MiB of memory and driver version, as
// nvidia-smi prints them with --format=csv,noheader,nounits. A GPU of which it
// cannot tell is left out and hides no other.
//
// # Errors
//
// Invalid, naming the lines that were left out; no GPU comes with that for what
// is not such a list at all.
func ParseNVIDIA(r io.Reader) ([]execution.GPU, error) {
	lines := csv.NewReader(io.LimitReader(r, maxReply))
	lines.FieldsPerRecord, lines.TrimLeadingSpace = 4, true
	var gpus []execution.GPU
	var left []error
	seen := map[string]bool{}
	for n := 1; ; n++ {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return gpus, errors.Join(left...)
		}
		if err != nil && !errors.Is(err, csv.ErrFieldCount) || n > maxGPUs {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: fmt.Sprintf("GPU list: line %d of at most %d", n, maxGPUs), Err: err}
		}
		bad := func(what string) {
			left = append(left, lilypad.Errorf(lilypad.Invalid, "GPU list: line %d: %s", n, what))
		}
		if err != nil {
			bad(fmt.Sprintf("%d fields", len(fields)))
			continue
		}
		mib, err := strconv.ParseUint(strings.TrimSpace(fields[2]), 10, 32)
		uuid, model, driver := strings.TrimSpace(fields[0]), strings.TrimSpace(fields[1]), strings.TrimSpace(fields[3])
		switch {
		case err != nil || mib > 64<<20:
			bad(fmt.Sprintf("memory %.20q is not a number of MiB", fields[2]))
		case !uuidForm.MatchString(uuid):
			bad(fmt.Sprintf("%.90q is not a GPU uuid", uuid))
		case seen[uuid]:
			bad("a GPU is listed twice")
		case model == "" || strings.HasPrefix(model, "[") || !plain(model) || !plain(driver):
			bad(fmt.Sprintf("model %.40q or driver %.40q is not known, or not plain text", model, driver))
		default:
			seen[uuid] = true
			gpus = append(gpus, execution.GPU{UUID: uuid, Model: model, VRAMMB: InMB(mib << 20), Driver: driver})
		}
	}
}

func plain(s string) bool {
	return len(s) <= 100 && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

var (
	parentLine   = regexp.MustCompile(`^GPU [0-9]+: .*\(UUID: (GPU-[0-9A-Za-z-]{1,80})\)\s*$`)
	instanceLine = regexp.MustCompile(`^\s+MIG ([0-9a-z.+-]{1,30})\s+Device\s+[0-9]+:\s+\(UUID: (MIG-[0-9A-Za-z/-]{1,80})\)\s*$`)
	profileForm  = regexp.MustCompile(`^[0-9]+g\.([0-9]{1,4})gb`)
)

// ParseMIG replaces the GPUs that modes calls split by their instances in
// list: modes has lines of uuid and MIG mode, list is what nvidia-smi -L
// prints. An instance's memory is 95 hundredths of what its profile is called
// by, since that rounds up: 1g.18gb has 17.2 GB. An instance of which the
// compute units are shared out again is left out, for its memory is shared too.
//
// # Errors
//
// Invalid for an instance that is listed twice, and for too many.
func ParseMIG(gpus []execution.GPU, modes, list []byte) ([]execution.GPU, error) {
	split := map[string]bool{}
	for line := range strings.Lines(string(modes)) {
		if uuid, mode, ok := strings.Cut(line, ","); ok && strings.TrimSpace(mode) == "Enabled" {
			split[strings.TrimSpace(uuid)] = true
		}
	}
	instances, seen, parent := map[string][]execution.GPU{}, map[string]bool{}, execution.GPU{}
	for line := range strings.Lines(string(list)) {
		line = strings.TrimRight(line, "\r\n")
		if m := parentLine.FindStringSubmatch(line); m != nil {
			parent = execution.GPU{}
			for _, g := range gpus {
				if g.UUID == m[1] {
					parent = g
				}
			}
			continue
		}
		m := instanceLine.FindStringSubmatch(line)
		if m == nil || parent.UUID == "" {
			continue
		}
		profile := profileForm.FindStringSubmatch(m[1])
		if profile == nil {
			continue
		}
		if seen[m[2]] || len(seen) == maxGPUs {
			return nil, lilypad.Errorf(lilypad.Invalid, "MIG list: %.90s is listed twice, or is one more than %d", m[2], maxGPUs)
		}
		seen[m[2]] = true
		gb, _ := strconv.Atoi(profile[1]) // of at most 4 digits
		instances[parent.UUID] = append(instances[parent.UUID], execution.GPU{
			UUID: m[2], Model: parent.Model + " MIG " + m[1], VRAMMB: min(uint32(gb)*950, parent.VRAMMB), Driver: parent.Driver,
		})
	}
	var out []execution.GPU
	for _, g := range gpus {
		if split[g.UUID] {
			out = append(out, instances[g.UUID]...)
		} else {
			out = append(out, g)
		}
	}
	return out, nil
}
