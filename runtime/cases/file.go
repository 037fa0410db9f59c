package cases

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// FileName is the one file of a stored transcript's tree.
const FileName = "case.json"

// maxFile bounds a stored transcript, in bytes: a transcript has at most 4096
// events.
const maxFile = 8 << 20

// File is a transcript as it is stored: all that is needed to replay it, but
// the plugin.
type File struct {
	Job        lilypad.JobID    `json:"job"`
	Deal       lilypad.DealID   `json:"deal"`
	By         lilypad.Address  `json:"by"`
	Scheme     lilypad.PluginID `json:"scheme"`
	Transcript Transcript       `json:"transcript"`
}

// ReadFile fetches a stored transcript. Invalid when it is none.
func ReadFile(ctx context.Context, src storage.Getter, id lilypad.ContentID) (File, error) {
	t, err := storage.ReadTree(ctx, src, id)
	if err != nil {
		return File{}, err
	}
	r, err := t.Open(ctx, src, FileName)
	if err != nil {
		return File{}, err
	}
	var b bytes.Buffer
	if n, err := io.Copy(&b, io.LimitReader(r, maxFile+1)); err != nil || n > maxFile {
		return File{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "transcript is too large or cut off", Err: err}
	}
	var f File
	if err := json.Unmarshal(b.Bytes(), &f); err != nil {
		return File{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "transcript", Err: err}
	}
	return f, nil
}
