package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	for !step() {
	}
}

// now is the network that is being trained; nil before the first step.
var now *training

// step reads the file, or trains a little, and tells whether it was the last.
func step() (done bool) {
	var err error
	if now == nil {
		now, err = begin(os.DirFS("/inputs"), typed())
	} else {
		done, err = now.step("/outputs", os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
	return done
}

func typed() (o order) {
	flag.StringVar(&o.file, "file", "", "path of the CSV file below /inputs; the first one when empty")
	flag.StringVar(&o.target, "target", "", "column to be told from the others; the last one when empty")
	flag.StringVar(&o.hidden, "hidden", "", "units of the hidden layer, 1 to 256; 16 when empty")
	flag.StringVar(&o.epochs, "epochs", "", "times that all rows are seen, 1 to 10000; 40 when empty")
	flag.StringVar(&o.rate, "rate", "", "of learning, above 0 and at most 10; 0.1 when empty")
	flag.StringVar(&o.seed, "seed", "", "a whole number that chooses what is random; 1 when empty")
	flag.Parse()
	return o
}
