package bisection

import (
	"crypto/sha256"

	"github.com/lilypad-network/lilypad"
)

// Shape of the trees. A wide node makes few rounds: a trace of sixteen million
// steps is opened in six.
const (
	Fan        = 16
	TraceDepth = 6 // 16^6 states
	pagesDepth = 5 // 16^5 pages are 4 GiB
	MaxStep    = 1<<(4*TraceDepth) - 1
)

// Prefixes of what is hashed, so that no page, node or header is another.
const (
	pageMark, nodeMark, headerMark = 0, 1, 2

	nodeBytes = Fan * 32
)

// Node is the children of a node of a tree. The hash of an absent child is zero.
type Node [Fan]lilypad.Hash

// Hash of a node without children is zero: empty trees of any size are equal.
func (n *Node) Hash() lilypad.Hash {
	if *n == (Node{}) {
		return lilypad.Hash{}
	}
	return sha256.Sum256(n.append([]byte{nodeMark}))
}

func (n *Node) append(b []byte) []byte {
	for _, h := range n {
		b = append(b, h[:]...)
	}
	return b
}

// follow goes down from root to the leaf at index and checks each node on the
// way, the root's first.
func follow(root lilypad.Hash, index uint64, path []Node) (leaf lilypad.Hash, ok bool) {
	for level := len(path) - 1; level >= 0; level-- {
		n := &path[len(path)-1-level]
		if n.Hash() != root {
			return leaf, false
		}
		root = n[index>>(4*level)%Fan]
	}
	return root, true
}

// leaf is a leaf of a tree that is not zero.
type leaf struct {
	index uint64
	hash  lilypad.Hash
}

// rootOf is the root of the tree with these leaves, in ascending order, which
// it uses up. Those that are absent cost nothing.
func rootOf(depth int, leaves []leaf) (root lilypad.Hash) {
	for range depth {
		above := leaves[:0]
		for len(leaves) > 0 {
			parent, n := leaves[0].index/Fan, Node{}
			for ; len(leaves) > 0 && leaves[0].index/Fan == parent; leaves = leaves[1:] {
				n[leaves[0].index%Fan] = leaves[0].hash
			}
			above = append(above, leaf{parent, n.Hash()})
		}
		leaves = above
	}
	if len(leaves) > 0 {
		root = leaves[0].hash
	}
	return root
}

// tree has all hashes of a tree: levels[0] are the leaves, the last is the root.
type tree struct{ levels [][]lilypad.Hash }

func newTree(depth int) *tree { return &tree{make([][]lilypad.Hash, depth+1)} }

func (t *tree) root() lilypad.Hash { return t.at(len(t.levels)-1, 0) }

func (t *tree) at(level int, i uint64) (h lilypad.Hash) {
	if l := t.levels[level]; i < uint64(len(l)) {
		h = l[i]
	}
	return h
}

func (t *tree) node(level int, i uint64) (n Node) {
	for c := range n {
		n[c] = t.at(level-1, i*Fan+uint64(c))
	}
	return n
}

func (t *tree) path(index uint64) (path []Node) {
	for level := len(t.levels) - 1; level > 0; level-- {
		path = append(path, t.node(level, index>>(4*level)))
	}
	return path
}

func (t *tree) set(level int, i uint64, h lilypad.Hash) {
	for uint64(len(t.levels[level])) <= i {
		t.levels[level] = append(t.levels[level], lilypad.Hash{})
	}
	t.levels[level][i] = h
}

// rehash brings the nodes above changed leaves, in ascending order, up to date.
func (t *tree) rehash(changed []uint64) {
	for level := 1; level < len(t.levels); level++ {
		above := changed[:0]
		for _, i := range changed {
			if parent := i / Fan; len(above) == 0 || above[len(above)-1] != parent {
				above = append(above, parent)
				n := t.node(level, parent)
				t.set(level, parent, n.Hash())
			}
		}
		changed = above
	}
}
