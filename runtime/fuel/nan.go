package fuel

// The bits of a NaN that arithmetic gives are the machine's choice
// (specification, §4.3.3). One of the allowed choices is the positive canonical
// NaN, so a module that always gets it still does what it was written to do.
// It is put in as late as can be: when a result of arithmetic is about to be
// kept, passed on or shown, and not when it only goes into more arithmetic,
// which does not depend on those bits. Loaded NaNs keep their bits.

var canonical = map[ValueType][]byte{
	F32: {opF32Const, 0, 0, 0xc0, 0x7f},
	F64: {opF64Const, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f},
}

var equal = map[ValueType]byte{F32: opF32Eq, F64: opF64Eq}

// priceClean is the price of making a float clean.
const priceClean = 3

// clean gives the operand k below the top the canonical bits if it is a NaN
// with bits of the machine's choice.
func (c *code) clean(k int) {
	at := len(c.stack) - 1 - k
	if !c.r.ok() || at < 0 || !c.stack[at].dirty {
		return
	}
	above := c.stack[at+1:]
	for i := len(above) - 1; i >= 0; i-- {
		c.out = uleb(append(c.out, opLocalSet), c.temp(above[i].typ, 1+i))
	}
	typ := c.stack[at].typ
	t := c.temp(typ, 0)
	c.out = uleb(append(c.out, opLocalTee), t)
	c.out = append(c.out, canonical[typ]...)
	c.out = uleb(append(c.out, opLocalGet), t)
	c.out = uleb(append(c.out, opLocalGet), t)
	c.out = append(c.out, equal[typ], opSelect)
	for i, o := range above {
		c.out = uleb(append(c.out, opLocalGet), c.temp(o.typ, 1+i))
	}
	c.stack[at].dirty = false
	c.charge(priceClean)
	c.heavy++
}

// cleanTop checks and cleans the operands on top.
func (c *code) cleanTop(types []ValueType) {
	c.peek(types)
	for k := range types {
		c.clean(k)
	}
}
