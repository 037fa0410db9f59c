package fuel

import "slices"

// code rewrites the body of one function. It goes once through it and keeps
// the operands that the engine will have at each point, so that it knows the
// weight of the frame and where a float of the machine's choice may be.
//
// A region is straight code: it is entered at its start only. Its price is
// charged there, so charges and code come out in one order on every engine.
// Calls do not end a region.
type code struct {
	src      *Source
	r        *reader
	function int
	result   []ValueType
	locals   []ValueType // parameters first, ours last
	declared []byte      // the local declarations, without their number
	groups   int         // in declared
	temps    map[temp]int

	out    []byte
	frames []frame
	stack  []operand
	most   int  // operands at once
	dead   bool // no path leads here: nothing is put out

	region  int  // where in out it began
	first   bool // it is the function's first
	check   bool // it begins a loop
	cost    int  // of the region so far
	reach   int  // cost, and what excused functions called in it may take
	since   int  // the most that any path here took after its last check
	entry   int  // cost of the first region
	excused bool // no loop, call or check so far

	branches int // blocks and conditional branches, ours too
	targets  int // of all br_table
	meetings int // pairs of branches to one label
	heavy    int // calls, divisions, addresses that are checked
	passed   int // parameters and results of calls
	calls    int
	checks   int // ours
}

type operand struct {
	typ   ValueType
	dirty bool // if it is a NaN, then with bits of the machine's choice
}

// frame is a block, or the function itself.
type frame struct {
	op     byte
	sig    Signature
	height int  // operands below its parameters
	since  int  // the most that a path to its end took after its last check
	before int  // since, when an if was entered
	born   bool // dead from the start
	met    int  // branches to its label
}

func (f *frame) label() []ValueType {
	if f.op == opLoop {
		return f.sig.Params
	}
	return f.sig.Results
}

type temp struct {
	typ ValueType
	n   int
}

// rewrite returns the body of a function, without its size.
func (s *Source) rewrite(defined int) []byte {
	r := *s.bodies[defined]
	function := len(s.Imports) + defined
	sig := s.types[s.funcs[function]]
	c := &code{
		src: s, r: &r, function: function, result: sig.Results,
		locals: slices.Clone(sig.Params), temps: map[temp]int{},
		first: true, excused: true,
		frames: []frame{{op: opBlock, sig: Signature{Results: sig.Results}}},
	}
	c.readLocals()
	c.charge(priceEntry + len(c.locals)/8)
	for len(c.frames) > 0 && r.ok() {
		c.step()
	}
	if r.more() {
		r.fail("%d bytes after the end of the function", len(r.buf))
	}
	out := c.assemble()
	s.limitEffort(&r, c.effort())
	return out
}

// effort is about what compiling takes, in 0.1 to 0.4 µs. The engine's time
// grows with the square of the branches and of those to one label, with
// branches times locals, and with the values that calls pass on; its memory
// with the instructions that compile to many, some 4 KB for each, and with the
// loads of all mutable globals behind each call, a check's too.
func (c *code) effort() int {
	n := c.branches + c.targets/8
	loads := (c.calls + c.checks) * c.src.mutable()
	return n*(n/16+len(c.locals)+16) + c.meetings + c.heavy*(c.heavy/64+24) + 2*c.passed + len(c.locals) + 8*loads
}

func (s *Source) limitEffort(r *reader, effort int) {
	s.effort += effort
	if most := s.limits.Effort; effort > most || s.effort > 16*most {
		r.refuse(RuleSize, "too much to compile: %d of %d units, with all before %d of %d", effort, most, s.effort, 16*most)
	}
}

func (c *code) readLocals() {
	r, most := c.r, c.src.limits.Locals
	r.each(most, "groups of locals", func() {
		n, raw := r.u32(), r.buf
		typ := r.valueType()
		if uint64(n)+uint64(len(c.locals)) > uint64(most) {
			r.refuse(RuleSize, "%d locals; at most %d", uint64(n)+uint64(len(c.locals)), most)
			return
		}
		c.declared = append(uleb(c.declared, int(n)), raw[0])
		c.groups++
		c.locals = append(c.locals, slices.Repeat([]ValueType{typ}, int(n))...)
	})
}

// temp is a local of ours. Different n are different locals.
func (c *code) temp(typ ValueType, n int) int {
	key := temp{typ, n}
	local, ok := c.temps[key]
	if !ok {
		local = len(c.locals)
		c.temps[key] = local
		c.locals = append(c.locals, typ)
		c.declared = append(c.declared, 1, byte(typ))
		c.groups++
	}
	return local
}

func (c *code) push(dirty bool, types ...ValueType) {
	for _, t := range types {
		c.stack = append(c.stack, operand{t, dirty && t.isFloat()})
	}
	if c.most = max(c.most, len(c.stack)); c.most > c.src.limits.Operands {
		c.r.refuse(RuleSize, "more than %d operands at once", c.src.limits.Operands)
	}
}

// pop removes the operands of an instruction, the last type being on top.
func (c *code) pop(types ...ValueType) {
	c.peek(types)
	if c.r.ok() {
		c.stack = c.stack[:len(c.stack)-len(types)]
	}
}

// peek checks the operands that are on top.
func (c *code) peek(types []ValueType) {
	base := len(c.stack) - len(types)
	if base < c.frames[len(c.frames)-1].height {
		c.r.fail("%d operands are missing", c.frames[len(c.frames)-1].height-base)
		return
	}
	for i, want := range types {
		if got := c.stack[base+i].typ; got != want {
			c.r.fail("an operand of type %s; want %s", got, want)
		}
	}
}

// top is the operand k below the top, or none after a failure.
func (c *code) top(k int) operand {
	if at := len(c.stack) - 1 - k; at >= c.frames[len(c.frames)-1].height {
		return c.stack[at]
	}
	c.r.fail("an operand is missing")
	return operand{typ: I32}
}

func (c *code) charge(price int) {
	c.cost += price
	c.reach += price
}

// flush ends the region: its charge goes in where it began.
func (c *code) flush() {
	if c.first {
		c.entry, c.first = c.cost, false
		c.since = c.reach
	} else if c.cost > 0 || c.check {
		var head []byte
		head = c.appendCharge(head, c.cost)
		if c.check || c.since+c.reach > MaxUnchecked {
			head, c.since, c.excused = c.appendCheck(head, false), 0, false
		}
		c.out = slices.Insert(c.out, c.region, head...)
		c.since += c.reach
	}
	c.region, c.cost, c.reach, c.check = len(c.out), 0, 0, false
}

func (c *code) appendCharge(out []byte, price int) []byte {
	if price == 0 {
		return out
	}
	fuel := c.src.fuelGlobal()
	out = uleb(append(out, opGlobalGet), fuel)
	out = sleb(append(out, opI64Const), int64(price))
	return uleb(append(out, opI64Sub, opGlobalSet), fuel)
}

// appendCheck calls the host if the fuel, or the depth too, is below zero.
func (c *code) appendCheck(out []byte, depth bool) []byte {
	c.branches++
	c.checks++
	out = uleb(append(out, opGlobalGet), c.src.fuelGlobal())
	if depth {
		out = append(uleb(append(out, opGlobalGet), c.src.depthGlobal()), opI64Or)
	}
	out = append(out, opI64Const, 0, opI64LtS, opIf, emptyBlock, opCall)
	return append(uleb(out, c.src.refill()), opEnd)
}

// weight is what a frame takes from the depth, in bytes. It covers what a
// frame of the engine may keep at once: locals, operands and cached globals.
// The least weight keeps a stack below the 2000 frames of the interpreter.
func (c *code) weight() int64 {
	const ours = 4 // operands of charges and checks
	return int64(max(552, 32+8*(len(c.locals)+c.most+ours+c.src.mutable())))
}

// assemble joins locals, the charge for entering, the frame's weight around
// the code, and the code. A function that is over in a few instructions and
// calls nobody has no weight: it is one frame more than the depth counts.
// Others check at their end, so that no caller returns far beyond a check.
func (c *code) assemble() []byte {
	out := append(uleb(nil, c.groups), c.declared...)
	out = c.appendCharge(out, c.entry)
	if c.excused && c.since <= maxLeaf {
		return append(append(out, c.out...), opEnd)
	}
	depth, weight := c.src.depthGlobal(), c.weight()
	out = sleb(append(uleb(append(out, opGlobalGet), depth), opI64Const), weight)
	out = uleb(append(out, opI64Sub, opGlobalSet), depth)
	out = c.appendCheck(out, true)
	out = append(append(out, opBlock), c.src.blockType(c.result)...)
	out = append(append(out, c.out...), opEnd)
	out = sleb(append(uleb(append(out, opGlobalGet), depth), opI64Const), weight)
	out = uleb(append(out, opI64Add, opGlobalSet), depth)
	if c.since > maxLeaf {
		out = c.appendCheck(out, false)
	}
	return append(out, opEnd)
}
