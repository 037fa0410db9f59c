// Package vary makes inputs for plugins: each field at its ends, and values
// drawn at random in between. The same random source gives the same inputs.
//
// It knows the shape of the host API's records and no plugin; it asks none,
// and judges no answer. Transcripts are the exception to the shape: no random
// bytes make one, so [Play] lets a scheme bring them about.
//
//	inputs := vary.Inputs(rand.New(rand.NewPCG(seed, 0)), hostapi.HookMatch, 1000)
//	in := inputs[0].(*hostapi.MatchInput)
//
// Its place: over hostapi, runtime/storage and runtime/cases; internal/author
// asks plugins with what it makes.
package vary
