// Package decisions keeps what plugins decided for a node, and asks them
// again: the log of decisions, its replay, the trial of another plugin on what
// is in it, and the report on a plugin that runs in another's shadow.
//
// It decides nothing, and nothing in a node waits for it to read. One process
// writes a log; others read it meanwhile.
//
//	log, err := decisions.Open(decisions.Config{Dir: dir})
//	…
//	defer log.Close()
//	host, err := pluginhost.New(pluginhost.Config{OnDecision: log.Observe})
//	…
//	e, err := decisions.Find("0x4d39", dir)
//	verdict, err := replayer.Replay(ctx, e)
//
// A log is a folder of segments, each a file that only grows. A segment begins
// with eight bytes of magic, and goes on with frames:
//
//	0 u32 length of the frame   4 u8 kind   5 u32 CRC-32C of these   9 [32]byte SHA-256 of the content   41 the content, zstd
//
// all little-endian; the content is CBOR, an [Entry] or the [Source] of later
// ones. The digest is an entry's name and shows damage, as the CRC does for
// what finds the next frame. A frame that is cut off, or zeros, at the very end
// of a segment are where a crash or the writer is, and no damage. The oldest
// segments are removed when the log is too large or too old. Rankings have
// segments and limits of their own, in a folder inside, so that a busy solver
// does not push out the rest.
//
// It stands on runtime/pluginhost, hostapi and runtime/storage; runtime/node
// fills it and cmd reads it.
package decisions
