package fuel

import "slices"

// signatureOf reads a block type: empty, one result, or a type's index.
func (c *code) signatureOf() (s Signature) {
	switch v := c.r.signed(33); {
	case v == emptyBlock-0x80:
	case v < 0:
		t := ValueType(v & 0x7f)
		if t.String() == "" || v < -0x40 {
			c.r.refuse(RuleFeature, "block type %d", v)
		}
		s.Results = []ValueType{t}
	case v >= int64(len(c.src.types)):
		c.r.fail("type %d of %d", v, len(c.src.types))
	default:
		s = c.src.types[v]
	}
	return s
}

func (c *code) open(op byte, raw func() []byte) {
	f := frame{op: op, sig: c.signatureOf(), born: c.dead}
	c.branches++
	if op == opIf {
		c.branches++ // it ends in two places
	}
	if len(c.frames) >= c.src.limits.Nesting {
		c.r.refuse(RuleSize, "more than %d blocks in one another", c.src.limits.Nesting)
	}
	if !c.r.ok() {
		return
	}
	if !c.dead {
		price := 0
		if op == opIf {
			c.pop(I32)
			price = 1
		}
		c.cleanTop(f.sig.Params)
		c.pop(f.sig.Params...)
		f.height = len(c.stack)
		c.put(nil, price)
		if op != opBlock {
			c.flush()
		}
		c.out = append(c.out, raw()...)
		f.before = c.since
		if op != opBlock {
			c.region = len(c.out)
		}
		if op == opLoop {
			c.check, c.excused = true, false
			c.charge(1)
		}
	} else {
		f.height = len(c.stack)
	}
	c.frames = append(c.frames, f)
	if !c.dead {
		c.push(false, f.sig.Params...)
	}
}

func (c *code) otherwise() {
	f := &c.frames[len(c.frames)-1]
	if f.op != opIf {
		c.r.fail("else without if")
		return
	}
	f.op = opElse
	if f.born {
		return
	}
	c.arrive(f)
	c.out = append(c.out, opElse)
	c.region = len(c.out)
	c.stack, c.since, c.dead = c.stack[:f.height], f.before, false
	c.push(false, f.sig.Params...)
}

// arrive is control flow that falls to the end of its frame.
func (c *code) arrive(f *frame) {
	if c.dead {
		return
	}
	if len(c.stack) != f.height+len(f.sig.Results) {
		c.r.fail("%d operands at the end of a block; want %d", len(c.stack)-f.height, len(f.sig.Results))
		return
	}
	c.cleanTop(f.sig.Results)
	c.flush()
	f.since = max(f.since, c.since)
}

func (c *code) end() {
	f := &c.frames[len(c.frames)-1]
	if !f.born {
		c.arrive(f)
		if f.op == opIf {
			if !slices.Equal(f.sig.Params, f.sig.Results) {
				c.r.fail("if without else, but with other results than parameters")
			}
			f.since = max(f.since, f.before)
		}
		c.dead, c.since = false, f.since
	}
	if !c.r.ok() {
		return
	}
	done := *f
	c.frames = c.frames[:len(c.frames)-1]
	if done.born || len(c.frames) == 0 {
		return
	}
	c.out = append(c.out, opEnd)
	c.region = len(c.out)
	c.stack = c.stack[:done.height]
	c.push(false, done.sig.Results...)
}

// branch is every instruction that leaves straight code.
func (c *code) branch(op byte, raw func() []byte) {
	var targets []int
	label := func() { targets = append(targets, c.r.index(len(c.frames), "label")) }
	switch op {
	case opBr, opBrIf:
		label()
	case opBrTable:
		c.r.each(c.src.limits.Targets, "targets of a br_table", label)
		label()
	case opReturn:
		targets = []int{len(c.frames) - 1}
	}
	if c.dead || !c.r.ok() {
		return
	}
	c.branches++
	c.targets += len(targets)
	if op == opBrIf || op == opBrTable {
		c.peek([]ValueType{I32})
	}
	c.carry(op, targets)
	if op == opBrIf || op == opBrTable {
		c.pop(I32)
	}
	c.charge(1)
	c.flush()
	for _, t := range targets {
		f := &c.frames[len(c.frames)-1-t]
		f.since = max(f.since, c.since)
		c.meetings += f.met
		f.met++
	}
	if op == opReturn { // through the block that assemble puts around
		c.out = uleb(append(c.out, opBr), targets[0])
	} else {
		c.out = append(c.out, raw()...)
	}
	c.region = len(c.out)
	c.dead = op != opBrIf
}

// carry checks and cleans what a branch takes along.
func (c *code) carry(op byte, targets []int) {
	if len(targets) == 0 || !c.r.ok() {
		return
	}
	below := 0
	if op == opBrIf || op == opBrTable {
		below = 1
	}
	want := c.frames[len(c.frames)-1-targets[0]].label()
	for _, t := range targets[1:] {
		if !slices.Equal(want, c.frames[len(c.frames)-1-t].label()) {
			c.r.fail("targets of a br_table differ in type")
		}
	}
	if below == 1 {
		want = append(slices.Clone(want), I32)
	}
	c.peek(want)
	for k := below; k < len(want) && c.r.ok(); k++ {
		c.clean(k)
	}
}

func (c *code) call(op byte) {
	var sig Signature
	code := []byte{op}
	switch op {
	case opCall:
		f := c.r.index(len(c.src.funcs), "function")
		if c.r.ok() {
			sig = c.src.Signature(f)
		}
		code = uleb(code, c.src.moved(f))
	case opCallIndirect:
		t := c.r.index(len(c.src.types), "type")
		table := c.r.index(len(c.src.Table), "table")
		if c.r.ok() {
			sig = c.src.types[t]
		}
		code = uleb(uleb(code, t), table)
	}
	if c.dead || !c.r.ok() {
		return
	}
	want := sig.Params
	if op == opCallIndirect {
		want = append(slices.Clone(want), I32)
	}
	c.cleanTop(want)
	c.pop(want...)
	c.put(code, priceCall)
	c.heavy += 2
	if op == opCallIndirect {
		c.heavy += 2
	}
	c.calls++
	c.passed += len(sig.Params) + len(sig.Results)
	c.reach += maxLeaf
	c.excused = false
	c.push(false, sig.Results...)
}
