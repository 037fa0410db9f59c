package noop_test

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/executiontest"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
)

func spec(steps ...string) lilypad.Spec {
	return lilypad.Spec{Engine: lilypad.EngineNoop, Args: steps}
}

func open(t *testing.T) execution.Executor {
	e := noop.New(noop.Config{Limits: executiontest.Limits})
	t.Cleanup(func() { e.Close() })
	return e
}

func TestExecutor(t *testing.T) {
	executiontest.Run(t, executiontest.Subject{New: open, Spec: spec})
}

func TestExecutor_Start_refusesUnknownStep(t *testing.T) {
	_, err := open(t).Start(t.Context(), executiontest.Job(t, spec("dance")))
	if lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("got %v, want invalid", err)
	}
}
