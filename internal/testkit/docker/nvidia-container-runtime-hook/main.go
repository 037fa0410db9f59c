package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := record(os.Getenv("LILYPAD_GPU_RECORDS")); err != nil {
		fmt.Fprintln(os.Stderr, "recording hook:", err)
		os.Exit(1)
	}
}

// record reads the container's state from stdin, as the OCI runtime
// specification has it for hooks, and its configuration from the bundle.
func record(dir string) error {
	var state struct {
		ID     string `json:"id"`
		Bundle string `json:"bundle"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&state); err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(state.Bundle, "config.json"))
	if err != nil {
		return err
	}
	var config struct {
		Process struct {
			Env []string `json:"env"`
		} `json:"process"`
	}
	if err := json.Unmarshal(b, &config); err != nil {
		return err
	}
	out, err := json.Marshal(map[string]any{"id": state.ID, "env": config.Process.Env})
	if err != nil {
		return err
	}
	file := filepath.Join(dir, state.ID+".json")
	if err := os.WriteFile(file+".new", out, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
