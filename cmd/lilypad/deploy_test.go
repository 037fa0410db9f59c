package main

import (
	"crypto/rand"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/viper"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	dockertest "github.com/lilypad-network/lilypad/internal/testkit/docker"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

const deployDir = "../../docs/deploy"

// takes fails the test unless the program knows these words.
func takes(t *testing.T, words []string) {
	t.Helper()
	root := (&app{Printer: &cli.Printer{Out: io.Discard, Err: io.Discard}}).command()
	cmd, _, err := root.Find(words)
	if err != nil || cmd.Name() != "provider" {
		t.Errorf("%q is command %s, %v", words, cmd.Name(), err)
	}
	root.SetArgs(append(slices.Clone(words), "--help"))
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Errorf("%q: %v", words, err)
	}
}

func TestDeploy_unit(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(deployDir, "lilypad-provider.service"))
	if err != nil {
		t.Fatal(err)
	}
	var start []string
	for line := range strings.Lines(string(text)) {
		if words, ok := strings.CutPrefix(line, "ExecStart="); ok {
			start = strings.Fields(words)
		}
	}
	if len(start) < 2 || start[0] != "/usr/local/bin/lilypad" {
		t.Fatalf("it starts %q", start)
	}
	takes(t, start[1:])
	verify, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("needs systemd: make setup installs it")
	}
	here, err := os.Executable() // which is there
	if err != nil {
		t.Fatal(err)
	}
	unit := filepath.Join(t.TempDir(), "lilypad-provider.service")
	write(t, unit, strings.ReplaceAll(string(text), start[0]+" provider", here+" provider"))
	if out, err := exec.CommandContext(t.Context(), verify, "verify", unit).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}

// composed is the provider of compose.yaml.
type composed struct {
	Build, User               string
	Command, Secrets, Volumes []string
	GroupAdd                  []string          `mapstructure:"group_add"`
	Environment               map[string]string // in small letters
	ReadOnly                  bool              `mapstructure:"read_only"`
	CapDrop                   []string          `mapstructure:"cap_drop"`
	SecurityOpt               []string          `mapstructure:"security_opt"`
}

func readCompose(t *testing.T) (c composed) {
	t.Helper()
	v := viper.New()
	v.SetConfigFile(filepath.Join(deployDir, "compose.yaml"))
	if err := v.ReadInConfig(); err != nil {
		t.Fatal(err)
	}
	if err := v.UnmarshalKey("services.provider", &c); err != nil {
		t.Fatal(err)
	}
	if secret := v.GetString("secrets.password.file"); c.Build != "." || len(c.Command) == 0 || secret != "./password" || !slices.Equal(c.Secrets, []string{"password"}) {
		t.Fatalf("compose.yaml has %+v and the secret %q", c, secret)
	}
	return c
}

// flags are those of docker run that do as the file says, in a folder.
func (c composed) flags(t *testing.T, dir string) []string {
	t.Helper()
	socket, err := os.Stat("/var/run/docker.sock")
	if err != nil {
		t.Skip("needs docker: " + err.Error())
	}
	value := func(s string) string {
		return os.Expand(s, func(name string) string { // NAME:?why
			name, _, _ = strings.Cut(name, ":")
			switch name {
			case "LILYPAD_UID":
				return strconv.Itoa(os.Getuid())
			case "LILYPAD_GID":
				return strconv.Itoa(os.Getgid())
			case "DOCKER_GID":
				return strconv.Itoa(int(socket.Sys().(*syscall.Stat_t).Gid))
			}
			t.Fatalf("compose.yaml asks for %s", name)
			return ""
		})
	}
	args := []string{"--user", value(c.User), "--volume", filepath.Join(dir, "password") + ":/run/secrets/password:ro"}
	for _, g := range c.GroupAdd {
		args = append(args, "--group-add", value(g))
	}
	for k, v := range c.Environment {
		args = append(args, "--env", strings.ToUpper(k)+"="+v)
	}
	for _, v := range c.Volumes {
		if rest, ok := strings.CutPrefix(v, "./"); ok {
			v = filepath.Join(dir, rest)
		}
		args = append(args, "--volume", v)
	}
	for _, what := range c.CapDrop {
		args = append(args, "--cap-drop", what)
	}
	for _, what := range c.SecurityOpt {
		args = append(args, "--security-opt", what)
	}
	if c.ReadOnly {
		args = append(args, "--read-only")
	}
	return args
}

func TestDeploy_compose(t *testing.T) { takes(t, readCompose(t).Command) }

// The image holds the program alone. In a container as the Compose file has it,
// its user makes an account and a configuration, and is paid for a job that the
// host's engine runs.
func TestDeploy_container(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and starts a chain")
	}
	dockertest.Need(t)
	if _, err := exec.LookPath("docker"); err != nil {
		t.Skip("needs docker: " + err.Error())
	}
	t.Parallel() // it mostly waits
	c, name := readCompose(t), strings.ToLower("lilypad-test-"+rand.Text()[:8])
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	for _, folder := range []string{data, filepath.Join(dir, "build")} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	run := func(program string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), program, args...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	file, err := os.ReadFile(filepath.Join(deployDir, "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "build", "Dockerfile"), string(file))
	run("go", "build", "-o", filepath.Join(dir, "build", "lilypad"), ".")
	run("docker", "build", "--quiet", "--tag", name, filepath.Join(dir, "build"))
	t.Cleanup(func() { _ = exec.Command("docker", "rmi", "--force", name).Run() })

	market, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: node.MinMediators, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, market)
	network, err := os.ReadFile(filepath.Join(n.Dir, node.NetworkFile))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(data, "network.json"), string(network))
	write(t, filepath.Join(dir, "password"), "secret\n")
	flags := append(c.flags(t, dir), "--network", "host") // the network of the test is of this host
	once := func(words ...string) string {
		t.Helper()
		return run("docker", slices.Concat([]string{"run", "--rm"}, flags, []string{name}, words)...)
	}
	once("wallet", "new")
	accounts, err := wallet.Keystore{Dir: filepath.Join(data, "keystore")}.List()
	if err != nil || len(accounts) != 1 {
		t.Fatalf("accounts %v, %v", accounts, err)
	}
	who := accounts[0]
	if _, err := node.Fund(t.Context(), n.Network, who, 600*lilypad.LILY, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	once("provider", "init", "--network", "/data/network.json", "--price", "0.2", "--yes")
	run("docker", slices.Concat([]string{"run", "--detach", "--name", name}, flags, []string{name}, c.Command)...)
	t.Cleanup(func() {
		if t.Failed() {
			out, _ := exec.Command("docker", "logs", name).CombinedOutput()
			t.Logf("the provider says\n%s", out)
		}
		_ = exec.Command("docker", "rm", "--force", name).Run()
	})
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	order := cow(who)
	order.Engine = lilypad.EngineDocker
	r, err := creator.Order(t.Context(), order)
	if err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the job is not paid", func() bool {
		r, err = creator.Report(t.Context(), r.Job)
		return err == nil && r.Done
	})
	if r.State != "paid" || r.Price != lilypad.LILY/5 {
		t.Errorf("the job ended as %s for %s LILY: %s", r.State, r.Price, r.Reason)
	}
	if out := run("docker", "exec", name, "/lilypad", "provider", "drain", "--wait"); !strings.Contains(out, "drained") {
		t.Errorf("drained, it says %q", out)
	}
	run("docker", "stop", "--time", "60", name)
	if code := run("docker", "inspect", "--format", "{{.State.ExitCode}}", name); code != "0" {
		t.Errorf("stopped, it ends with %s", code)
	}
}
