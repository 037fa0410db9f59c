// Command train teaches a small neural network to tell the rows of a CSV file
// apart, and writes the network, checkpoints on the way to it and how well it
// does to /outputs.
//
//	$ train -file iris.csv -target species -epochs 40
//
// One hidden layer of rectified linear units, softmax, cross-entropy, and
// stochastic gradient descent in batches. A fifth of the rows is kept from it,
// to measure with.
//
// It is a stepper (docs/bisection.md) and a Linux program of the same source, with the same
// output to the last bit: see package portable for how. All that training
// changes is in one slice of numbers, and one step of it is one method.
package main
