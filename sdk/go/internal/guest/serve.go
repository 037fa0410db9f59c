package guest

import "strconv"

const (
	magic         = 0x594c494c
	messageHeader = 32
	itemHeader    = 16
	outputHeader  = 16
	maxErrorText  = 1 << 10

	statusBadInput        = -1
	statusUnknownMinor    = -2
	statusOutputFull      = -3
	statusSettingsRefused = -4
	statusAuthorError     = -5
)

// fault ends a call with a status.
type fault struct {
	status int32
	text   string
}

// Message is the input of one call.
type Message struct {
	b     []byte
	n     int
	table uint64
}

// Len is the number of items.
func (m Message) Len() int { return m.n }

// Now is the block time of the call in seconds.
func (m Message) Now() uint64 { return le.Uint64(m.b[24:]) }

// Context is the item that all others share.
func (m Message) Context(kind, size int) Item {
	return part(m.b, uint64(le.Uint32(m.b[20:]))).of(kind, size)
}

// Item is the i-th item.
func (m Message) Item(i, kind, size int) Item {
	return part(m.b, uint64(le.Uint32(m.b[m.table+4*uint64(i):]))).of(kind, size)
}

func parse(b []byte, hook uint16) Message {
	if len(b) < messageHeader || le.Uint32(b) != magic || le.Uint16(b[4:]) != hook || uint64(le.Uint32(b[8:])) != uint64(len(b)) {
		panic(fault{statusBadInput, "this is no message for the hook"})
	}
	if minor := le.Uint16(b[6:]); minor > Minor {
		panic(fault{statusUnknownMinor, "the message is of minor version " + strconv.Itoa(int(minor)) + ", the plugin of " + strconv.Itoa(Minor)})
	}
	m := Message{b: b, n: int(le.Uint32(b[12:])), table: uint64(le.Uint32(b[16:]))}
	if m.table < messageHeader || m.table+4*uint64(m.n) > uint64(len(b)) {
		panic(fault{statusBadInput, "the table of items leaves the message"})
	}
	return m
}

// Output takes the records of the answer.
type Output struct {
	b      []byte
	n, end int
	stride int
}

// Next is the zeroed place of the next record of a size.
func (w *Output) Next(size int) Item {
	if w.end == 0 {
		w.end, w.stride = outputHeader, size
	}
	if w.end+size > len(w.b) {
		panic(fault{statusOutputFull, ""})
	}
	it := Item(w.b[w.end : w.end+size])
	clear(it)
	w.end += size
	w.n++
	return it
}

func (w *Output) finish(minor uint16) int32 {
	if len(w.b) < outputHeader {
		panic(fault{statusOutputFull, ""})
	}
	end := max(w.end, outputHeader)
	le.PutUint32(w.b, uint32(end))
	le.PutUint32(w.b[4:], uint32(w.n))
	le.PutUint16(w.b[8:], uint16(w.stride))
	le.PutUint16(w.b[10:], minor)
	le.PutUint32(w.b[12:], 0)
	return int32(end)
}

// Serve answers one call: it parses in, has answer fill the output, and
// returns the bytes written to out or a status with its text in out.
func Serve(in, out []byte, hook uint16, answer func(m Message, w *Output)) (status int32) {
	defer func() {
		if p := recover(); p != nil {
			status = report(out, p)
		}
	}()
	m, w := parse(in, hook), Output{b: out}
	answer(m, &w)
	return w.finish(le.Uint16(in[6:]))
}

// report turns a panic into a status. What is no fault is the author's.
func report(out []byte, p any) int32 {
	f := fault{statusAuthorError, "the plugin panicked"}
	switch p := p.(type) {
	case fault:
		f = p
	case error:
		f.text = p.Error()
	case string:
		f.text = p
	}
	say(out, f.text)
	return f.status
}

func say(out []byte, text string) {
	if len(out) < 4 {
		return
	}
	for len(text) > min(maxErrorText, len(out)-4) {
		text = text[:len(text)-1]
	}
	for len(text) > 0 && text[len(text)-1] >= 0x80 { // a cut rune
		text = text[:len(text)-1]
	}
	le.PutUint32(out, uint32(len(text)))
	copy(out[4:], text)
}
