package fuel

const (
	opUnreachable  = 0x00
	opNop          = 0x01
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opDrop         = 0x1a
	opSelect       = 0x1b
	opSelectTyped  = 0x1c
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opTableGet     = 0x25
	opTableSet     = 0x26
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI32Eqz       = 0x45
	opI32LtU       = 0x49
	opI32GtU       = 0x4b
	opI64LtS       = 0x53
	opI64GtU       = 0x56
	opF32Eq        = 0x5b
	opF64Eq        = 0x61
	opI32Add       = 0x6a
	opI32Sub       = 0x6b
	opI32Or        = 0x72
	opI64Add       = 0x7c
	opI64Sub       = 0x7d
	opI64Mul       = 0x7e
	opI64Or        = 0x84
	opF32Copysign  = 0x98
	opF64Copysign  = 0xa6
	opI64Shl       = 0x86
	opI64ExtendU   = 0xad
	opRefNull      = 0xd0
	opRefIsNull    = 0xd1
	opRefFunc      = 0xd2
	opBulk         = 0xfc

	emptyBlock = 0x40
)

// step rewrites one instruction. Everything about it is read and checked even
// where it is dead.
func (c *code) step() {
	start := c.r.buf
	op := c.r.byte()
	raw := func() []byte { return start[:len(start)-len(c.r.buf)] }
	if c.reach >= MaxUnchecked/2 {
		c.flush()
	}
	switch op {
	case opBlock, opLoop, opIf:
		c.open(op, raw)
	case opElse:
		c.otherwise()
	case opEnd:
		c.end()
	case opBr, opBrIf, opBrTable, opReturn, opUnreachable:
		c.branch(op, raw)
	case opCall, opCallIndirect:
		c.call(op)
	case opDrop, opSelect, opSelectTyped:
		c.parametric(op, raw)
	case opLocalGet, opLocalSet, opLocalTee, opGlobalGet, opGlobalSet:
		c.variable(op, raw)
	case opMemorySize, opMemoryGrow, opBulk:
		c.bulk(op, raw)
	case opI32Const, opI64Const, opF32Const, opF64Const, opRefNull, opRefIsNull, opRefFunc, opTableGet:
		c.constant(op, raw)
	default:
		c.plain(int(op), raw)
	}
}

// put puts out an instruction that is not dead.
func (c *code) put(raw []byte, price int) {
	c.charge(price)
	c.out = append(c.out, raw...)
}

// plain is an instruction that takes and gives operands and no more.
func (c *code) plain(op int, raw func() []byte) {
	e := effects[op]
	switch {
	case op == opNop:
		return
	case op == opTableSet:
		c.r.refuse(RuleState, "a table that changes")
	case e.price == 0:
		c.r.refuse(RuleFeature, "opcode %#x", op)
	}
	if e.flags&memarg != 0 {
		if align := c.r.u32(); align > 3 {
			c.r.refuse(RuleFeature, "an alignment of 2^%d", align)
		}
		c.r.u32()
		c.needMemory()
	}
	if c.dead || !c.r.ok() {
		return
	}
	in, out := letters(e.in), letters(e.out)
	c.peek(in)
	if !c.r.ok() {
		return
	}
	if e.flags&reveals != 0 {
		c.clean(0)
	}
	if op == opF32Copysign || op == opF64Copysign {
		c.clean(1)
	}
	if e.flags&memarg != 0 {
		c.heavy++
	}
	if e.flags&heavy != 0 {
		c.heavy += 2
	}
	dirty := e.flags&inexact != 0 || e.flags&passes != 0 && c.top(0).dirty
	c.put(raw(), e.price)
	c.pop(in...)
	c.push(dirty, out...)
}

func (c *code) needMemory() {
	if len(c.src.Memory) == 0 {
		c.r.fail("there is no memory")
	}
}

func (c *code) constant(op byte, raw func() []byte) {
	typ, function := I32, -1
	switch op {
	case opI32Const:
		c.r.signed(32)
	case opI64Const:
		typ = I64
		c.r.signed(64)
	case opF32Const:
		typ = F32
		c.r.take(4)
	case opF64Const:
		typ = F64
		c.r.take(8)
	case opRefNull:
		typ = c.r.reference()
	case opRefFunc:
		typ, function = FuncRef, c.r.index(len(c.src.funcs), "function")
	case opTableGet:
		if c.r.index(len(c.src.Table), "table"); c.r.ok() {
			typ = c.src.tableType
		}
	}
	if c.dead || !c.r.ok() {
		return
	}
	switch op {
	case opTableGet:
		c.pop(I32)
	case opRefIsNull:
		if t := c.top(0).typ; !t.isReference() {
			c.r.fail("%s is not a reference", t)
		}
		c.pop(c.top(0).typ)
	}
	code := raw()
	if function >= 0 {
		code = uleb([]byte{opRefFunc}, c.src.moved(function))
	}
	c.put(code, 1)
	c.push(false, typ)
}

func (c *code) variable(op byte, raw func() []byte) {
	var typ ValueType
	if op == opGlobalGet || op == opGlobalSet {
		if i := c.r.index(len(c.src.globals), "global"); c.r.ok() {
			typ = c.src.globals[i].typ
			if op == opGlobalSet && !c.src.globals[i].mutable {
				c.r.fail("global %d is not mutable", i)
			}
		}
	} else if i := c.r.index(c.original(), "local"); c.r.ok() {
		typ = c.locals[i]
	}
	if c.dead || !c.r.ok() {
		return
	}
	if op != opLocalGet && op != opGlobalGet {
		c.peek([]ValueType{typ})
		c.clean(0)
		c.pop(typ)
	}
	c.put(raw(), 1)
	if op == opLocalGet || op == opLocalTee || op == opGlobalGet {
		c.push(false, typ)
	}
}

// original counts the locals without ours.
func (c *code) original() int { return len(c.locals) - len(c.temps) }

func (c *code) parametric(op byte, raw func() []byte) {
	var typ ValueType
	if op == opSelectTyped {
		if n := c.r.u32(); n != 1 {
			c.r.fail("select of %d types", n)
		}
		typ = c.r.valueType()
	}
	if c.dead || !c.r.ok() {
		return
	}
	if op == opDrop {
		typ = c.top(0).typ
		c.pop(typ)
		c.put(raw(), 1)
		return
	}
	if op == opSelect {
		if typ = c.top(1).typ; typ.isReference() {
			c.r.fail("select of %s", typ)
		}
	}
	c.peek([]ValueType{typ, typ, I32})
	dirty := c.top(1).dirty && c.top(2).dirty
	if !dirty { // a clean one must keep its bits
		c.clean(1)
		c.clean(2)
	}
	c.pop(typ, typ, I32)
	c.put(raw(), 1)
	c.push(dirty, typ)
}

// bulk is what takes time by its operand, and the saturating conversions that
// share its prefix.
func (c *code) bulk(op byte, raw func() []byte) {
	sub := ^uint32(0)
	in, out, price := "iii", "", 0
	if op == opBulk {
		sub = c.r.u32()
	}
	switch {
	case op == opMemorySize, op == opMemoryGrow:
		c.r.expect(0, "memory")
		in, out = "", "i"
		if op == opMemoryGrow {
			in, price = "i", pricePage
		}
	case sub < 8:
		c.plain(256+int(sub), raw)
		return
	case sub == 8: // memory.init
		if c.src.declared < 0 {
			c.r.fail("memory.init without a data count")
		}
		c.r.index(max(0, c.src.declared), "data segment")
		c.r.expect(0, "memory")
		price = priceByte
	case sub == 10: // memory.copy
		c.r.expect(0, "memory")
		c.r.expect(0, "memory")
		price = priceByte
	case sub == 11: // memory.fill
		c.r.expect(0, "memory")
		price = priceByte
	case sub == 9, sub >= 12 && sub <= 15, sub == 17:
		c.r.refuse(RuleState, "opcode 0xfc %d: tables and segments may not change", sub)
	case sub == 16: // table.size
		c.r.index(len(c.src.Table), "table")
		in, out = "", "i"
	default:
		c.r.refuse(RuleFeature, "opcode 0xfc %d", sub)
	}
	if sub != 16 {
		c.needMemory()
	}
	if c.dead || !c.r.ok() {
		return
	}
	c.peek(letters(in))
	if price > 0 && c.r.ok() {
		c.chargeOperand(price)
	}
	code := raw()
	if sub == 10 || sub == 11 {
		code = uleb([]byte{opCall}, c.src.piecewise(sub == 10))
	}
	c.put(code, 1)
	if op == opMemoryGrow || sub == 8 { // the host may grant less for a larger memory; many pages may be new
		c.out = uleb(append(c.out, opCall), c.src.refill())
		c.checks++
	}
	c.pop(letters(in)...)
	c.push(false, letters(out)...)
}

// chargeOperand charges the i32 on top times a price, and checks.
func (c *code) chargeOperand(price int) {
	n, fuel := c.temp(I32, 0), c.src.fuelGlobal()
	c.out = uleb(append(c.out, opLocalTee), n)
	c.out = uleb(append(c.out, opGlobalGet), fuel)
	c.out = append(uleb(append(c.out, opLocalGet), n), opI64ExtendU)
	if price != 1 {
		c.out = append(sleb(append(c.out, opI64Const), int64(price)), opI64Mul)
	}
	c.out = uleb(append(c.out, opI64Sub, opGlobalSet), fuel)
	c.out = c.appendCheck(c.out, false)
	c.branches += 3 // the engine makes a loop of it
	c.excused = false
}

func letters(s string) []ValueType {
	out := make([]ValueType, len(s))
	for i := range out {
		out[i] = letter(s[i])
	}
	return out
}
