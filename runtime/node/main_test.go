package node_test

import (
	"os"
	"testing"

	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
)

func TestMain(m *testing.M) { os.Exit(nodes.Main(m)) }
