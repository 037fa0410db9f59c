package fuel

// piece is what memory.fill and memory.copy do at once, in bytes. Longer ones
// call the host after each: a garbage collector cannot stop a guest elsewhere,
// and a page that is touched first takes a microsecond or two.
const piece = 512 << 10

// piecewise is the index of the function that stands for memory.copy, or for
// memory.fill. Both follow the module's own.
func (s *Source) piecewise(copying bool) int {
	s.bulk = true
	if copying {
		return s.moved(len(s.funcs)) + 1
	}
	return s.moved(len(s.funcs))
}

var bulkType = Signature{Params: []ValueType{I32, I32, I32}}

// The locals of both: where to, the byte or where from, and how much. Of the
// steps of a copy that goes backwards, each is the last piece of what is left.
const (
	localTo = iota
	localFrom
	localSize
)

func get(local byte) []byte { return []byte{opLocalGet, local} }

func join(parts ...[]byte) (out []byte) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// more leaves whether the number of bytes that is left is beyond a piece.
func more() []byte { return join(get(localSize), sleb([]byte{opI32Const}, piece), []byte{opI32GtU}) }

// add changes a local by n pieces.
func add(local byte, n int64) []byte {
	return join(get(local), sleb([]byte{opI32Const}, n*piece), []byte{opI32Add, opLocalSet, local})
}

// outside leaves whether a range leaves memory: then the instruction is to
// trap before it has written anything.
func outside(local byte) []byte {
	return join(get(local), []byte{opI64ExtendU}, get(localSize), []byte{opI64ExtendU, opI64Add, opMemorySize, 0, opI64ExtendU, opI64Const, 16, opI64Shl, opI64GtU})
}

// loop does a step and calls the host as long as more than a piece is left.
func (s *Source) loop(step ...[]byte) []byte {
	return join([]byte{opLoop, emptyBlock}, more(), []byte{opIf, emptyBlock},
		join(step...), add(localSize, -1), uleb([]byte{opCall}, s.refill()),
		[]byte{opBr, 1, opEnd, opEnd})
}

// fillBody and copyBody are the functions without their size.
func (s *Source) fillBody() []byte {
	fill := func(n []byte) []byte { return join(get(localTo), get(localFrom), n, []byte{opBulk, 11, 0}) }
	one := sleb([]byte{opI32Const}, piece)
	return join([]byte{0}, outside(localTo), []byte{opI32Eqz, opIf, emptyBlock},
		s.loop(fill(one), add(localTo, 1)),
		[]byte{opEnd}, fill(get(localSize)), []byte{opEnd})
}

func (s *Source) copyBody() []byte {
	move := func(n []byte) []byte { return join(get(localTo), get(localFrom), n, []byte{opBulk, 10, 0, 0}) }
	one := sleb([]byte{opI32Const}, piece)
	// last is an address that many bytes before the end of a range.
	last := func(local byte) []byte {
		return join(get(local), get(localSize), []byte{opI32Add}, one, []byte{opI32Sub})
	}
	backward := join(last(localTo), last(localFrom), one, []byte{opBulk, 10, 0, 0})
	return join([]byte{0}, outside(localTo), outside(localFrom), []byte{opI32Or, opI32Eqz, opIf, emptyBlock},
		get(localTo), get(localFrom), []byte{opI32LtU, opIf, emptyBlock},
		s.loop(move(one), add(localTo, 1), add(localFrom, 1)),
		[]byte{opElse}, s.loop(backward),
		[]byte{opEnd, opEnd}, move(get(localSize)), []byte{opEnd})
}
