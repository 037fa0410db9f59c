package sealing

// Text is a key's secret as age writes it.
func Text(k Key) string { return encode(k.secret) }
