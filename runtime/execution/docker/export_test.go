package docker

import (
	"io"

	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// UnpackOutput unpacks an archive with a limit of bytes.
func UnpackOutput(r io.Reader, dir string, limits jobrun.Limits, bytes int64) error {
	return unpackOutput(r, dir, &room{limits: limits, disk: bytes, bytes: bytes, files: limits.Files})
}
