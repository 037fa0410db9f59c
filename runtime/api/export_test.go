package api

// SignRequest is what a client does to its requests.
var SignRequest = signRequest

const (
	MaxNonces = maxNonces
	MaxBody   = maxBody
)

// FillNonces makes the guard remember as many requests as it may.
func FillNonces(g *Guard, n int) {
	for i := range n {
		var key [32]byte
		key[0], key[1], key[2], key[3] = byte(i), byte(i>>8), byte(i>>16), 'x'
		g.seen[string(key[:])] = g.now()
	}
}
