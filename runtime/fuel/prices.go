package fuel

// PriceTable changes whenever the same run would take other fuel.
const PriceTable = 1

// Prices in fuel. Every other instruction costs 1, and what only gives
// structure nothing: nop, block, else, end.
const (
	priceEntry  = 4 // of a function, paid by it, and 1 more for each 8 of its locals
	priceCall   = 4
	priceDivide = 10                // integer division and remainder
	priceRoot   = 10                // floating-point division and square root
	priceByte   = 1                 // of memory.fill, memory.copy, memory.init
	pricePage   = 65536 * priceByte // of memory.grow, also when it fails
)

// MaxUnchecked is the most fuel that any code takes between two checks, through
// calls and returns too. A chain of loads touches two new pages for each.
const MaxUnchecked = 600

// maxLeaf is the most fuel that a whole function without calls and loops may
// take to be excused from checks and from counting its frame, and the most that
// any other takes from its last check to its end.
const maxLeaf = 200
