package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lilypad-network/lilypad"
)

// problem is an RFC 9457 answer with our code and remedy.
type problem struct {
	Status int          `json:"status"`
	Title  string       `json:"title"`
	Detail string       `json:"detail"`
	Code   lilypad.Code `json:"code"`
	Remedy string       `json:"remedy,omitempty"`
}

func (p *problem) Error() string             { return p.Detail }
func (p *problem) GetStatus() int            { return p.Status }
func (p *problem) ContentType(string) string { return "application/problem+json" }

// newProblem shows what an error says, unless it is internal.
func newProblem(err error) *problem {
	code, detail := lilypad.CodeOf(err), err.Error()
	if _, known := lilypad.Codes[code]; !known || code == lilypad.Internal {
		code, detail = lilypad.Internal, "internal error"
	}
	status := lilypad.Codes[code].HTTP
	return &problem{Status: status, Title: http.StatusText(status), Detail: detail, Code: code, Remedy: lilypad.RemedyOf(err)}
}

func writeProblem(w http.ResponseWriter, err error) {
	p := newProblem(err)
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader may be gone
}

// readProblem turns an answer that is not 2xx back into an error.
func readProblem(status int, body []byte) error {
	var p struct {
		problem
		Errors []struct{ Message, Location string } `json:"errors"`
	}
	if json.Unmarshal(body, &p) != nil || p.Detail == "" {
		p.Detail = "HTTP " + http.StatusText(status)
	}
	if _, known := lilypad.Codes[p.Code]; !known {
		p.Code = codeOfStatus(status)
	}
	for _, e := range p.Errors {
		p.Detail += "; " + strings.TrimSpace(e.Location+" "+e.Message)
	}
	return &lilypad.Error{Code: p.Code, Msg: p.Detail, Remedy: p.Remedy}
}

func codeOfStatus(status int) lilypad.Code {
	for code, edge := range lilypad.Codes {
		if edge.HTTP == status {
			return code
		}
	}
	if status == http.StatusUnprocessableEntity || status == http.StatusRequestEntityTooLarge || status == http.StatusMethodNotAllowed {
		return lilypad.Invalid
	}
	return lilypad.Unavailable
}

// statusError keeps huma's own errors and converts ours.
func statusError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if s, ok := errors.AsType[huma.StatusError](err); ok {
		return s
	}
	p := newProblem(err)
	if failed := servedIn(ctx).failed; failed != nil && p.Code == lilypad.Internal {
		failed(err)
	}
	return p
}
